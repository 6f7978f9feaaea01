/*
 * When an archiver should look at an episode next. `archiveDueAt` on its record may be too early, never too late: whoever
 * makes work for an archiver lowers it in the same write, and the worker raises it after it has looked.
 */

/** How old an entry in MongoDB becomes before it is archived, where the episode does not say. */
export const archiveAfterDefaultMs = 24 * 3_600_000;

/** `archiveDueAt` when rows were added, as part of the pipeline that counts them. Time is the database's. */
export function dueAfterWriting(count: bigint): object {
  const hot = { $subtract: [{ $add: ["$currentLogs", count] }, "$keepHot"] };
  const atOnce = { $or: ["$ended", { $gte: [hot, "$archiveThreshold"] }] };
  // After a failure the episode waits, however much is written to it meanwhile.
  const now = { $max: ["$$NOW", "$archiveRetry.nextAttemptAt"] };
  const whenOld = { $add: ["$$NOW", { $ifNull: ["$archiveAfterMs", archiveAfterDefaultMs] }] };
  return { $min: ["$archiveDueAt", { $cond: [atOnce, now, whenOld] }] };
}
