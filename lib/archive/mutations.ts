import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { formatPlural } from "@/lib/format";
import { findRecord } from "@/lib/logs/read/page";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { type ArchiveResult, archiveEpisode } from "./archiver";
import { audited } from "./audit-outbox";
import { type Reconciled, reconcileEpisode } from "./reconcile/reconcile";
import type { ArchiveNowInput, BreakLeaseInput, EpisodeInput } from "./schema";
import { askForScrub } from "./scrub/due";
import { scrubEpisode } from "./scrub/scrub";

/** A person waits for the answer that long; what is left then is the worker's. */
const requestBudgetMs = 8_000;

type Answer =
  | { ok: true; message: string }
  | { ok: false; code: "bad_input" | "conflict" | "not_found" | "unavailable"; message: string };

const noEpisode = { ok: false, code: "not_found", message: "There is no such episode." } as const;

/**
 * Archives an episode because somebody asked for it. The wish goes on record first, so that it is served even when this
 * process ends in the middle; then this request does as much as it has time for. The worker sees the wish too, and whichever
 * of them takes a chunk, the person is told what became of all.
 */
export async function archiveNow(scope: WorkspaceScope, input: ArchiveNowInput): Promise<Answer> {
  const { episodeId, everything } = input;
  const now = new Date();
  const before = await audited(scope, async (tx) => {
    const wish = { archiveRequest: { everything, requestedAt: now }, archiveDueAt: now };
    const noted = await tx
      .collection(logMetadata)
      .findOneAndUpdate({ episodeId }, { $set: wish }, { returnDocument: "before" });
    if (!noted) return null;
    return {
      act: { action: "archive.archive_now", ...onEpisode(episodeId), after: { everything } },
      result: noted,
    };
  });
  if (!before) return noEpisode;
  const until = new Date(now.getTime() + requestBudgetMs);
  const { outcome, error } = await archiveBesideOthers(scope, episodeId, everything, until);
  const after = await findRecord(scope, episodeId);
  if (outcome === "not_found" || !after) return noEpisode;
  const rows = Number(after.archivedLogs - before.archivedLogs);
  const done = `${formatPlural(rows, "row")} in ${formatPlural(after.totalChunks - before.totalChunks, "chunk")}`;
  switch (outcome) {
    case "done":
      return {
        ok: true,
        message: rows > 0 ? `Archived and verified ${done}.` : "Nothing was left to archive.",
      };
    case "paused":
      return { ok: true, message: `Archived and verified ${done}; the worker goes on with the rest.` };
    case "busy":
      return { ok: true, message: "An archiver is at this episode already; it takes your request with it." };
    default:
      return { ok: false, code: "unavailable", message: error ?? "The episode could not be archived." };
  }
}

const betweenLooksMs = 200;

/** Waits for whoever holds the lease, as long as there is time, and takes what is left then. */
async function archiveBesideOthers(
  scope: WorkspaceScope,
  episodeId: string,
  everything: boolean,
  until: Date,
): Promise<Pick<ArchiveResult, "outcome" | "error">> {
  for (;;) {
    const result = await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything, until });
    if (result.outcome !== "busy" || new Date() > until) return result;
    await sleep(betweenLooksMs);
  }
}

/**
 * Tries a failed archive again: the worker takes it up at once, however long its next attempt was put off. Only what the
 * threshold asks for, as the attempt before did.
 */
export async function retryArchive(scope: WorkspaceScope, { episodeId }: EpisodeInput): Promise<Answer> {
  const now = new Date();
  const asked = await audited(scope, async (tx) => {
    const before = await tx
      .collection(logMetadata)
      .findOneAndUpdate(
        { episodeId },
        { $set: { archiveRequest: { everything: false, requestedAt: now }, archiveDueAt: now } },
        { returnDocument: "before", projection: { lastArchiveError: 1 } },
      );
    if (!before) return null;
    const error = before.lastArchiveError;
    return { act: { action: "archive.retry", ...onEpisode(episodeId), before: { error } }, result: true };
  });
  return asked ? { ok: true, message: "The worker tries again now." } : noEpisode;
}

/**
 * Takes a lease away whose holder fell silent, before another archiver would. Only one that has expired by the database's
 * clock; and the epoch moves on, so a holder who was merely slow commits nothing any more.
 */
export async function breakLease(
  scope: WorkspaceScope,
  { episodeId, confirm }: BreakLeaseInput,
): Promise<Answer> {
  if (confirm !== episodeId)
    return { ok: false, code: "bad_input", message: "Type the id of the episode to confirm this." };
  const broken = await audited(scope, async (tx) => {
    const records = tx.collection(logMetadata);
    const expired = { $lte: ["$archiveLease.expiresAt", "$$NOW"] };
    const [found] = await records
      .aggregate<Pick<LogMetadata, "archiveLease"> & { expired: boolean }>([
        { $match: { episodeId } },
        { $project: { archiveLease: 1, expired } },
      ])
      .toArray();
    const lease = found?.expired ? found.archiveLease : null;
    if (!lease) return null;
    const { owner, epoch, expiresAt } = lease;
    // As it was when it had expired: a holder who has renewed it since keeps it.
    const same = { "archiveLease.epoch": epoch, "archiveLease.expiresAt": expiresAt };
    const taken = await records.updateOne(
      { episodeId, ...same },
      { $set: { archiveLease: null, isArchiving: false, archiveDueAt: new Date() }, $inc: { leaseEpoch: 1 } },
    );
    if (taken.matchedCount === 0) return null;
    const was = { owner, epoch, expiresAt: expiresAt.toISOString() };
    return { act: { action: "archive.break_lease", ...onEpisode(episodeId), before: was }, result: true };
  });
  if (broken) return { ok: true, message: "The lease is gone; the worker goes on from there." };
  const record = await scoped(scope).collection(logMetadata).findOne({ episodeId });
  if (!record) return noEpisode;
  const held = record.archiveLease?.expiresAt.toISOString();
  const message = held
    ? `The lease is held until ${held}. It can be broken when it has expired.`
    : "Nobody holds a lease on this episode.";
  return { ok: false, code: "conflict", message };
}

/**
 * Reads the archive of an episode again now. The wish is on each chunk first, so what this request has no time for is the
 * scrubber's next work.
 */
export async function verifyNow(scope: WorkspaceScope, { episodeId }: EpisodeInput): Promise<Answer> {
  if (!(await askForScrub(scope, episodeId))) return noEpisode;
  const signal = AbortSignal.timeout(requestBudgetMs);
  const result = await scrubEpisode(scope, episodeId, { signal });
  if (!result) return noEpisode;
  const { state, chunksChecked, healed, problems } = result;
  const looked = `${chunksChecked.toLocaleString("en")} ${chunksChecked === 1 ? "chunk" : "chunks"} read again`;
  const found =
    problems.length === 0
      ? "every row as it was written"
      : `${problems.length} ${problems.length === 1 ? "problem" : "problems"}: ${problems[0]?.sentence}`;
  const rest = state === "stopped" ? " The worker goes on with the rest." : "";
  const better = healed > 0 ? ` ${healed} that were bad are good again.` : "";
  return { ok: true, message: `${looked}, ${found}${found.endsWith(".") ? "" : "."}${better}${rest}` };
}

/** Counts the episode and corrects its counters. */
export function reconcileNow(scope: WorkspaceScope, { episodeId }: EpisodeInput): Promise<Reconciled> {
  return reconcileEpisode(scope, episodeId);
}

function onEpisode(episodeId: string) {
  return { resourceType: "log_episode", resourceId: episodeId };
}
