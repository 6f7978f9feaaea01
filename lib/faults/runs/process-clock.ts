import "server-only";
import { here } from "./interleave";

let set = false;

/**
 * Where an interleaving runs, `Date` tells the time of the process that asks (the seed's, off by what its clock is off), and
 * timers go off by the time of the seed.
 */
export function setProcessClocks(): void {
  if (set) return;
  set = true;
  const real = Date;
  const now = () => {
    const at = here();
    return at ? at.interleaving.clock.now + at.process.clockSkewMs : real.now();
  };
  globalThis.Date = new Proxy(real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new real(now()).toString(),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
  globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
    apply(target, self, args: unknown[]) {
      const at = here();
      const [callback, ms, ...values] = args;
      if (!at || typeof callback !== "function") return Reflect.apply(target, self, args);
      at.interleaving.timer(at.process, Number(ms ?? 0), () => void Reflect.apply(callback, null, values));
      // What waits for nothing is told apart by nobody: a process of an interleaving ends with its work.
      return undefined;
    },
  });
}
