import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor } from "@/lib/db/page";
import { type LogArchiveAttempt, logArchiveAttempts } from "@/lib/mongo/collections/log-chunks";
import { escapeRegex } from "@/lib/mongo/escape-regex";
import { scoped } from "@/lib/mongo/scoped";
import type { ArchiveAttempt } from "./schema";

const mostAttempts = 200;
const attemptsPerPage = 10;
const patience = { maxTimeMS: 10_000 };
const attemptCursor = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.number().int()]);

/** What archivers did with an episode, newest first. */
export async function listArchiveAttempts(
  scope: WorkspaceScope,
  episodeId: string,
  limit: number,
): Promise<ArchiveAttempt[]> {
  const found = await scoped(scope)
    .collection(logArchiveAttempts)
    .find({ episodeId }, patience)
    .sort({ startedAt: -1 })
    .limit(Math.min(Math.max(1, limit), mostAttempts))
    .toArray();
  return found.map(toArchiveAttempt);
}

export interface AttemptQuery {
  outcome?: ArchiveAttempt["outcome"] | null;
  /** An epoch, or the beginning of an owner's name. */
  by?: string;
  before?: string | null;
}

/** The ledger of an episode page by page, newest first. Every attempt has an epoch of its own. */
export async function pageArchiveAttempts(
  scope: WorkspaceScope,
  episodeId: string,
  { outcome = null, by = "", before }: AttemptQuery = {},
): Promise<{ attempts: ArchiveAttempt[]; next: string | null }> {
  const after = decodeCursor(before, attemptCursor);
  const found = await scoped(scope)
    .collection(logArchiveAttempts)
    .find({ episodeId, ...(outcome && { outcome }), ...madeBy(by), ...(after && beyond(after)) }, patience)
    .sort({ startedAt: -1, epoch: -1 })
    .limit(attemptsPerPage + 1)
    .toArray();
  const shown = found.slice(0, attemptsPerPage);
  const last = shown.at(-1);
  const more = found.length > attemptsPerPage && last;
  return {
    attempts: shown.map(toArchiveAttempt),
    next: more ? encodeCursor([last.startedAt, last.epoch]) : null,
  };
}

function madeBy(by: string) {
  const text = by.trim();
  if (!text) return {};
  // An int32 in the documents: what is longer is no epoch.
  if (/^\d{1,9}$/.test(text)) return { epoch: Number(text) };
  return { owner: { $regex: `^${escapeRegex(text.slice(0, 200))}` } };
}

function beyond([startedAt, epoch]: z.output<typeof attemptCursor>) {
  return { $or: [{ startedAt: { $lt: startedAt } }, { startedAt, epoch: { $lt: epoch } }] };
}

export function toArchiveAttempt(attempt: LogArchiveAttempt): ArchiveAttempt {
  return {
    id: String(attempt._id),
    owner: attempt.owner,
    epoch: attempt.epoch,
    trigger: attempt.trigger,
    chunkNumber: attempt.chunkNumber,
    from: attempt.startSequence?.toString() ?? null,
    to: attempt.endSequence?.toString() ?? null,
    steps: attempt.steps,
    outcome: attempt.outcome,
    error: attempt.error,
    nextAttemptAt: attempt.nextAttemptAt?.toISOString() ?? null,
    startedAt: attempt.startedAt.toISOString(),
    finishedAt: attempt.finishedAt?.toISOString() ?? null,
  };
}
