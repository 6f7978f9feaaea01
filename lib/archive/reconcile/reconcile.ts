import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { findRecord } from "@/lib/logs/read/page";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { audited } from "../audit-outbox";
import { type Figures, recount } from "./recount";

export type Reconciled =
  | { ok: true; repaired: string[]; message: string }
  | { ok: false; code: "not_found" | "conflict"; message: string; problems: string[] };

const maxTries = 5;

/**
 * Counts an episode and corrects its counters where they differ (F20). Counters are corrected to rows, never rows explained
 * away by counters: where a row is nowhere, nothing is touched, so that the loss stays visible.
 */
export async function reconcileEpisode(scope: WorkspaceScope, episodeId: string): Promise<Reconciled> {
  for (let tries = 0; tries < maxTries; tries++) {
    const record = await findRecord(scope, episodeId);
    if (!record) return { ok: false, code: "not_found", message: "There is no such episode.", problems: [] };
    const { figures, problems } = await recount(scope, record);
    if (problems.length > 0) {
      const after = await findRecord(scope, episodeId);
      // What was written between two of our looks can seem to be missing.
      if (after && fenceOf(after) !== fenceOf(record)) continue;
      // It was looked at: others have waited longer for their turn.
      await scoped(scope)
        .collection(logMetadata)
        .updateOne({ episodeId }, { $set: { reconciledAt: new Date() } });
      const message = "The rows themselves do not add up, so no counter was touched. Verify the episode.";
      return { ok: false, code: "conflict", message, problems };
    }
    const differing = differences(record, figures);
    if (await repair(scope, record, figures, differing)) {
      const message =
        differing.length === 0
          ? "Every counter agrees."
          : `Corrected after a count: ${differing.map(({ name }) => name).join(", ")}.`;
      return { ok: true, repaired: differing.map(({ name }) => name), message };
    }
  }
  const message = "The episode is being written. Try again when it rests.";
  return { ok: false, code: "conflict", message, problems: [] };
}

interface Difference {
  name: string;
  recorded: string | null;
  counted: string | null;
}

function differences(record: LogMetadata, counted: Figures): Difference[] {
  const recorded = flat({
    ...counted,
    ...record,
    expiredLogs: record.expiredLogs ?? 0n,
    expiredChunks: record.expiredChunks ?? 0,
  });
  const real = flat(counted);
  return Object.keys(real).flatMap((name) => {
    const [before = null, after = null] = [recorded[name], real[name]];
    return before === after ? [] : [{ name, recorded: before, counted: after }];
  });
}

/** By name, as the fields are addressed in an update; numbers as digits, times as ISO text. */
function flat(figures: Figures): Record<string, string | null> {
  const { levelCounts, firstLogAt, lastLogAt, ...counts } = figures;
  const names = [
    "totalLogs",
    "currentLogs",
    "archivedLogs",
    "totalChunks",
    "currentMongoBytes",
    "archivedS3Bytes",
    "archivedRawBytes",
    "damagedChunks",
    "expiredLogs",
    "expiredChunks",
  ] as const;
  return {
    ...Object.fromEntries(names.map((name) => [name, String(counts[name])])),
    ...Object.fromEntries(
      Object.entries(levelCounts).map(([level, count]) => [`levelCounts.${level}`, String(count)]),
    ),
    firstLogAt: firstLogAt?.toISOString() ?? null,
    lastLogAt: lastLogAt?.toISOString() ?? null,
  };
}

/** False when the record moved since it was read: the count is not of what it says now. */
async function repair(
  scope: WorkspaceScope,
  record: LogMetadata,
  figures: Figures,
  differing: Difference[],
): Promise<boolean> {
  const { episodeId } = record;
  const now = new Date();
  const fence = { episodeId, ...fencedFields(record) };
  if (differing.length === 0) {
    const seen = await scoped(scope)
      .collection(logMetadata)
      .updateOne(fence, { $set: { reconciledAt: now } });
    return seen.matchedCount === 1;
  }
  const repaired = await audited(scope, async (tx) => {
    const written = await tx
      .collection(logMetadata)
      .updateOne(fence, { $set: { ...figures, updatedAt: now, reconciledAt: now } });
    if (written.matchedCount === 0) return null;
    const pick = (of: (one: Difference) => string | null) =>
      Object.fromEntries(differing.map((one) => [one.name, of(one)]));
    return {
      result: true,
      act: {
        action: "archive.reconcile_counters",
        resourceType: "log_episode",
        resourceId: episodeId,
        before: pick(({ recorded }) => recorded),
        after: pick(({ counted }) => counted),
      },
    };
  });
  return repaired ?? false;
}

/** Each transaction that moves a counter moves one of these: taking in, archiving, expiring, noting damage. */
function fencedFields(record: LogMetadata) {
  const { nextSequenceNumber, totalLogs, currentLogs, archivedLogs, archivedThrough } = record;
  const { totalChunks, damagedChunks, currentMongoBytes } = record;
  return {
    nextSequenceNumber,
    totalLogs,
    currentLogs,
    archivedLogs,
    archivedThrough,
    totalChunks,
    damagedChunks,
    currentMongoBytes,
  };
}

function fenceOf(record: LogMetadata): string {
  return Object.values(fencedFields(record)).join(" ");
}
