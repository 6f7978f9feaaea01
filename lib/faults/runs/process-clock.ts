import "server-only";
import { here } from "./interleave";

let set = false;

/** Where an interleaving runs, `Date` tells the time of the process that asks: the seed's, off by what its clock is off. */
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
}
