/** Lets this process live `shiftMs` ahead of its machine (or behind). Nothing but `Date` tells wall-clock time. */
export function shiftClock(shiftMs: number): void {
  const real = Date;
  const now = () => real.now() + shiftMs;
  globalThis.Date = new Proxy(real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new real(now()).toString(),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
}
