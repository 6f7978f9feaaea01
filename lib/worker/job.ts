import { setTimeout as sleep } from "node:timers/promises";
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
