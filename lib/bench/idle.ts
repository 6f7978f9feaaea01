import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "./goal";
import { processorTimes } from "./processors";

const lookMs = 500;
const idleShare = 0.85;
const mostMs = 30_000;

/**
 * Waits until the processors have nothing else to do, half a minute at most: after a million rows were written or deleted the
 * database cleans up for a while, and what is measured then is its cleaning.
 */
export async function untilIdle({ note, signal }: Pick<Bench, "note" | "signal">): Promise<void> {
  const since = performance.now();
  for (let calm = 0; calm < 3 && performance.now() - since < mostMs; ) {
    const before = processorTimes();
    await delay(lookMs, undefined, { signal });
    const after = processorTimes();
    const idle = (after.idle - before.idle) / Math.max(1, after.all - before.all);
    calm = idle >= idleShare ? calm + 1 : 0;
    if (calm === 0) note("waiting until the machine is idle");
  }
}
