import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { type LevelCounts, logLevels } from "./level";
import type { EpisodeSummary } from "./schema";

/** The record of an episode as lists and heads show it. */
export function toEpisodeSummary(record: LogMetadata, now: Date): EpisodeSummary {
  return {
    episodeId: record.episodeId,
    total: Number(record.totalLogs),
    hot: Number(record.currentLogs),
    archived: Number(record.archivedLogs),
    nextSequenceNumber: record.nextSequenceNumber.toString(),
    archivedThrough: record.archivedThrough.toString(),
    chunks: {
      total: record.totalChunks - (record.expiredChunks ?? 0),
      verified: record.totalChunks - (record.expiredChunks ?? 0) - record.damagedChunks,
      // A chunk is committed only when its object was read back, so the two moments are one.
      lastVerifiedAt: record.lastArchivedAt?.toISOString() ?? null,
    },
    levels: toLevelCounts(record.levelCounts),
    firstAt: record.firstLogAt?.toISOString() ?? null,
    lastAt: record.lastLogAt?.toISOString() ?? null,
    ended: record.ended,
    archiving: leaseIsHeld(record, now),
    archiveDueAt: record.archiveDueAt?.toISOString() ?? null,
    producer: record.producer,
    asOf: now.toISOString(),
  };
}

export function leaseIsHeld({ archiveLease }: Pick<LogMetadata, "archiveLease">, now: Date): boolean {
  return archiveLease !== null && archiveLease.expiresAt > now;
}

/** Counts as the database holds them (int64) -> as JSON carries them. */
export function toLevelCounts(counts: Record<keyof LevelCounts, bigint>): LevelCounts {
  const result = noCounts();
  for (const level of logLevels) result[level] = Number(counts[level]);
  return result;
}

export function noCounts(): LevelCounts {
  return { debug: 0, info: 0, warn: 0, error: 0, fatal: 0 };
}
