import { setTimeout as sleep } from "node:timers/promises";
import { isPostgresAway } from "@/lib/db/errors";
import { isMongoAway } from "@/lib/mongo/errors";
import { logEvent, messageOf } from "./log";

export interface Job {
  name: string;
  /** Pause after a round that found nothing to do. */
  idleMs: number;
  /** One round; true when it did something, and another one should follow at once. */
  run: (signal: AbortSignal) => Promise<boolean>;
}

const firstRetryMs = 1_000;
const lastRetryMs = 60_000;

/** Runs a job until the signal; a round that fails is tried again later and later, and takes no other job with it. */
export async function loop(job: Job, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let pause = 0;
    try {
      const busy = await job.run(signal);
      failures = 0;
      pause = busy ? 0 : job.idleMs;
    } catch (error) {
      if (signal.aborted) return;
      pause = Math.min(firstRetryMs * 2 ** failures++, lastRetryMs);
      logEvent("error", "job failed", { job: job.name, retryInMs: pause, error: messageOf(error) });
    }
    // A signal ends the pause; that is no failure.
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}

/**
 * Gives every item its turn, until the signal. One that fails takes no other with it, whose ever they are: the first failure is
 * thrown when all have had their turn. A database that is away fails them all, so that ends it at once.
 */
export async function eachInTurn<T>(
  items: Iterable<T>,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    if (signal.aborted) break;
    try {
      await work(item);
    } catch (error) {
      if (isMongoAway(error) || isPostgresAway(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
