import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { namesOf } from "@/lib/db/names";
import { archiveAfterDefaultMs } from "@/lib/logs/archive-due";
import { leaseIsHeld } from "@/lib/logs/episode-summary";
import type { LogHold } from "@/lib/mongo/collections/log-deletions";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { logRestores } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import { listHoldsOn } from "../hold";
import { toArchiving } from "../policy/queries";
import type { EpisodeActs, Hold } from "./schema";

/** What the acts on an episode need to know. Null when there is no such episode. */
export async function getEpisodeActs(scope: WorkspaceScope, episodeId: string): Promise<EpisodeActs | null> {
  const stores = scoped(scope);
  const [record, holds, restores] = await Promise.all([
    stores.collection(logMetadata).findOne({ episodeId }, { maxTimeMS: 10_000 }),
    listHoldsOn(scope, episodeId),
    stores.collection(logRestores).countDocuments({ episodeId, state: { $in: ["copying", "ready"] } }),
  ]);
  if (!record) return null;
  const now = new Date();
  return {
    ...figuresOf(record),
    busy: leaseIsHeld(record, now),
    archiving: toArchiving({ ...record, archiveAfterMs: record.archiveAfterMs ?? archiveAfterDefaultMs }),
    lease: leaseOf(record, now),
    failure: failureOf(record),
    reconciledAt: record.reconciledAt?.toISOString() ?? null,
    holds: await toHolds(scope, holds),
    restores,
    asOf: now.toISOString(),
  };
}

/** Holds with the names of those who placed them. */
export async function toHolds(scope: WorkspaceScope, holds: readonly LogHold[]): Promise<Hold[]> {
  const names = await namesOf(
    scope,
    holds.map(({ placedBy }) => placedBy),
  );
  return holds.map(({ _id, episodeId, reason, placedBy, placedAt }) => ({
    holdId: String(_id),
    episodeId,
    reason,
    placedBy: placedBy === null ? null : (names.get(placedBy) ?? null),
    placedAt: placedAt.toISOString(),
  }));
}

function figuresOf(record: LogMetadata) {
  const { nextSequenceNumber, archivedThrough, currentLogs } = record;
  return {
    episodeId: record.episodeId,
    ended: record.ended,
    hotRows: Number(currentLogs),
    hotBytes: Number(record.currentMongoBytes),
    archivedRows: Number(record.archivedLogs),
    archivedBytes: Number(record.archivedS3Bytes),
    chunks: record.totalChunks - (record.expiredChunks ?? 0),
    damagedChunks: record.damagedChunks,
    firstAt: record.firstLogAt?.toISOString() ?? null,
    lastAt: record.lastLogAt?.toISOString() ?? null,
    archivedThrough: archivedThrough.toString(),
    hot:
      currentLogs > 0n
        ? { from: (archivedThrough + 1n).toString(), to: (nextSequenceNumber - 1n).toString() }
        : null,
  };
}

function leaseOf({ archiveLease: lease }: LogMetadata, now: Date): EpisodeActs["lease"] {
  if (!lease) return null;
  const { owner, epoch, expiresAt } = lease;
  return { owner, epoch, expiresAt: expiresAt.toISOString(), expired: expiresAt <= now };
}

function failureOf({ lastArchiveError, archiveRetry }: LogMetadata): EpisodeActs["failure"] {
  if (lastArchiveError === null) return null;
  return {
    error: lastArchiveError,
    failures: archiveRetry?.failures ?? 1,
    failedAt: archiveRetry?.failedAt.toISOString() ?? null,
    nextAttemptAt: archiveRetry?.nextAttemptAt.toISOString() ?? null,
  };
}
