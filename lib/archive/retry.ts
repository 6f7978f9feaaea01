import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";

export type Retry = NonNullable<LogMetadata["archiveRetry"]>;

const firstPauseMs = 5_000;
const lastPauseMs = 5 * 60_000;

/** After a failure the next attempt waits, longer each time: a store that is down or full is not helped by being asked. */
export function retryAfter(before: LogMetadata["archiveRetry"], failedAt: Date): Retry {
  const failures = (before?.failures ?? 0) + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), lastPauseMs);
  return { failures, failedAt, nextAttemptAt: new Date(failedAt.getTime() + pauseMs) };
}
