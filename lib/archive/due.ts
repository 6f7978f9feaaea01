import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { archiveAfterDefaultMs } from "@/lib/logs/archive-due";
import { leaseIsHeld } from "@/lib/logs/episode-summary";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { ArchiveOptions } from "./archiver";
import { isAboveThreshold } from "./threshold";

/** What an archiver should do with an episode now, or when it should look again; neither when nothing is to come. */
export interface Look {
  due: Pick<ArchiveOptions, "trigger" | "everything"> | null;
  next: Date | null;
}

export async function lookAt(scope: WorkspaceScope, record: LogMetadata, now: Date): Promise<Look> {
  const { archiveLease, archiveRequest, archiveRetry, currentLogs } = record;
  if (leaseIsHeld(record, now)) return later(archiveLease?.expiresAt ?? now);
  // Whoever asks after a failure has perhaps repaired what was wrong.
  const asked = archiveRequest && !(archiveRetry && archiveRequest.requestedAt <= archiveRetry.failedAt);
  if (!asked && archiveRetry && archiveRetry.nextAttemptAt > now) return later(archiveRetry.nextAttemptAt);
  if (archiveRequest) return due({ trigger: "on_demand", everything: archiveRequest.everything });
  if (record.ended && currentLogs > 0n) return due({ trigger: "ended", everything: true });
  // An expired lease is an attempt that was cut short; a pass clears up behind it.
  if (isAboveThreshold(record) || archiveLease) return due({ trigger: "threshold" });
  return currentLogs > 0n ? lookAtAge(scope, record, now) : { due: null, next: null };
}

/**
 * By age. What is above the hot tail goes when its oldest row is old enough. The tail goes when nothing was written for as
 * long: people look at the newest rows of what still moves.
 */
async function lookAtAge(scope: WorkspaceScope, record: LogMetadata, now: Date): Promise<Look> {
  const ageMs = record.archiveAfterMs ?? archiveAfterDefaultMs;
  const allOldAt = new Date(record.lastWrittenAt.getTime() + ageMs);
  if (allOldAt <= now) return due({ trigger: "age", everything: true });
  if (record.currentLogs <= BigInt(record.keepHot)) return later(allOldAt);
  const oldest = await oldestHotRow(scope, record);
  if (!oldest) return later(allOldAt);
  const oldAt = new Date(oldest.getTime() + ageMs);
  return oldAt <= now ? due({ trigger: "age" }) : later(oldAt);
}

async function oldestHotRow(
  scope: WorkspaceScope,
  { episodeId, archivedThrough }: LogMetadata,
): Promise<Date | null> {
  const oldest = await scoped(scope)
    .collection(logEntries)
    .findOne(
      { episodeId, sequenceNumber: { $gt: archivedThrough } },
      { sort: { sequenceNumber: 1 }, projection: { createdAt: 1 } },
    );
  return oldest?.createdAt ?? null;
}

/**
 * Puts the time of the next look on record. Only on the record as it was looked at: whoever wrote to the episode or asked
 * for something since then has set a time of his own.
 */
export async function noteNextLook(
  scope: WorkspaceScope,
  seen: LogMetadata,
  next: Date | null,
): Promise<void> {
  const { episodeId, totalLogs, archivedThrough, ended, archiveRequest, archiveDueAt = null } = seen;
  const unchanged = { episodeId, totalLogs, archivedThrough, ended, archiveDueAt };
  await scoped(scope)
    .collection(logMetadata)
    .updateOne(archiveRequest ? unchanged : { ...unchanged, archiveRequest: null }, {
      $set: { archiveDueAt: next },
    });
}

function due(options: NonNullable<Look["due"]>): Look {
  return { due: options, next: null };
}

function later(next: Date): Look {
  return { due: null, next };
}
