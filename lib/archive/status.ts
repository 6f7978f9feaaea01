import { leaseIsHeld, toEpisodeSummary } from "@/lib/logs/episode-summary";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { type ArchiveEpisode, type ArchiveState, archiveStates } from "./schema";
import { isAboveThreshold } from "./threshold";

/** What the archive page says about an episode. `rankExpression` says the same to the database. */
export function archiveStateOf(record: LogMetadata, now: Date): ArchiveState {
  if (record.damagedChunks > 0) return "damaged";
  if (leaseIsHeld(record, now)) return "archiving";
  if (
    isAboveThreshold(record) ||
    (record.ended && record.currentLogs > 0n) ||
    record.lastArchiveError !== null
  ) {
    return "overdue";
  }
  return record.currentLogs === 0n && record.totalChunks > 0 ? "verified" : "live";
}

export function toArchiveEpisode(record: LogMetadata, now: Date, held: boolean): ArchiveEpisode {
  const { archiveLease: lease } = record;
  return {
    ...toEpisodeSummary(record, now),
    state: archiveStateOf(record, now),
    threshold: record.archiveThreshold,
    lease: lease && { owner: lease.owner, epoch: lease.epoch, expiresAt: lease.expiresAt.toISOString() },
    hotBytes: Number(record.currentMongoBytes),
    archivedBytes: Number(record.archivedS3Bytes),
    lastArchivedAt: record.lastArchivedAt?.toISOString() ?? null,
    lastError: record.lastArchiveError,
    nextAttemptAt: record.archiveRetry?.nextAttemptAt.toISOString() ?? null,
    // Every attempt takes one epoch.
    attempts: record.leaseEpoch,
    held,
  };
}

/** Place of an episode's state in `archiveStates`, worst first, computed where the list is sorted. */
export function rankExpression(now: Date): object | number {
  const aboveThreshold = { $gte: [{ $subtract: ["$currentLogs", "$keepHot"] }, "$archiveThreshold"] };
  const waitingAtEnd = { $and: ["$ended", { $gt: ["$currentLogs", 0] }] };
  const failed = { $ne: ["$lastArchiveError", null] };
  const rankOf = (state: ArchiveState) => archiveStates.indexOf(state);
  // The first condition that holds decides, as in archiveStateOf.
  const rules: [condition: object, state: ArchiveState][] = [
    [{ $gt: ["$damagedChunks", 0] }, "damaged"],
    [{ $gt: ["$archiveLease.expiresAt", now] }, "archiving"],
    [{ $or: [aboveThreshold, waitingAtEnd, failed] }, "overdue"],
    [{ $and: [{ $eq: ["$currentLogs", 0] }, { $gt: ["$totalChunks", 0] }] }, "verified"],
  ];
  return rules.reduceRight<object | number>(
    (otherwise, [condition, state]) => ({ $cond: [condition, rankOf(state), otherwise] }),
    rankOf("live"),
  );
}
