import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor } from "@/lib/db/page";
import {
  type LogArchiveAttempt,
  type LogChunk,
  logArchiveAttempts,
  logChunks,
} from "@/lib/mongo/collections/log-chunks";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { logScrubs } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import type { ArchiveAttempt, ArchiveChunk, ArchiveEpisode, ArchiveScrub } from "./schema";
import { rankExpression, toArchiveEpisode } from "./status";

export { getArchiveTotals } from "./totals";

const episodesPerPage = 50;
const chunksShown = 2_000;
const attemptsShown = 200;
const problemsShown = 20;
const episodeCursor = z.tuple([
  z.number().int(),
  z.iso.datetime().transform((text) => new Date(text)),
  z.string().max(200),
]);

/** Episodes by what needs a person, worst first; among equals the last written first. */
export async function listArchiveEpisodes(
  scope: WorkspaceScope,
  { cursor }: { cursor?: string | null } = {},
): Promise<{ episodes: ArchiveEpisode[]; next: string | null }> {
  const now = new Date();
  const after = decodeCursor(cursor, episodeCursor);
  const found = await scoped(scope)
    .collection(logMetadata)
    .aggregate<LogMetadata & { rank: number }>(
      [
        { $addFields: { rank: rankExpression(now) } },
        ...(after ? [{ $match: beyond(after) }] : []),
        { $sort: { rank: 1, lastWrittenAt: -1, episodeId: 1 } },
        { $limit: episodesPerPage + 1 },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  const shown = found.slice(0, episodesPerPage);
  const last = shown.at(-1);
  const more = found.length > episodesPerPage && last;
  return {
    episodes: shown.map((record) => toArchiveEpisode(record, now)),
    next: more ? encodeCursor([Number(last.rank), last.lastWrittenAt, last.episodeId]) : null,
  };
}

/** The chunks of an episode, in their order. */
export async function listArchiveChunks(scope: WorkspaceScope, episodeId: string): Promise<ArchiveChunk[]> {
  const found = await scoped(scope)
    .collection(logChunks)
    .find({ episodeId }, { maxTimeMS: 10_000 })
    .sort({ chunkNumber: 1 })
    .limit(chunksShown)
    .toArray();
  return found.map(toArchiveChunk);
}

/** What archivers did with an episode, newest first. */
export async function listArchiveAttempts(
  scope: WorkspaceScope,
  episodeId: string,
  limit: number,
): Promise<ArchiveAttempt[]> {
  const found = await scoped(scope)
    .collection(logArchiveAttempts)
    .find({ episodeId }, { maxTimeMS: 10_000 })
    .sort({ startedAt: -1 })
    .limit(Math.min(Math.max(1, limit), attemptsShown))
    .toArray();
  return found.map(toArchiveAttempt);
}

/** The last time somebody looked at the archive of an episode; null when nobody has. */
export async function getLastScrub(scope: WorkspaceScope, episodeId: string): Promise<ArchiveScrub | null> {
  const scrub = await scoped(scope)
    .collection(logScrubs)
    .findOne({ episodeId }, { sort: { startedAt: -1 }, maxTimeMS: 10_000 });
  if (!scrub) return null;
  const { state, whole, chunksChecked, healed, problems } = scrub;
  return {
    at: (scrub.finishedAt ?? scrub.startedAt).toISOString(),
    state,
    whole,
    chunksChecked,
    healed,
    problems: problems.slice(0, problemsShown).map(({ kind, sentence }) => ({ kind, sentence })),
  };
}

function beyond([rank, time, id]: z.output<typeof episodeCursor>): object {
  return {
    $or: [
      { rank: { $gt: rank } },
      { rank, lastWrittenAt: { $lt: time } },
      { rank, lastWrittenAt: time, episodeId: { $gt: id } },
    ],
  };
}

function toArchiveChunk(chunk: LogChunk): ArchiveChunk {
  return {
    chunkNumber: chunk.chunkNumber,
    from: chunk.startSequence.toString(),
    to: chunk.endSequence.toString(),
    rows: chunk.logCount,
    unreadableRows: unreadableRowsOf(chunk),
    startAt: chunk.startTime.toISOString(),
    endAt: chunk.endTime.toISOString(),
    sizeBytes: Number(chunk.sizeBytes),
    rawBytes: Number(chunk.rawBytes),
    key: chunk.src,
    sha256: chunk.sha256,
    state: chunk.state,
    verifiedAt: chunk.verifiedAt.toISOString(),
    lastAccessed: chunk.lastAccessed.toISOString(),
    epoch: chunk.epoch,
  };
}

/** The ranges that are known to be bad; all of the chunk when nobody has looked which those are. */
function unreadableRowsOf({ state, damage, logCount }: LogChunk): number {
  if (state === "verified") return 0;
  if (!damage) return logCount;
  const numbers = damage.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0);
  return Math.min(numbers, logCount);
}

function toArchiveAttempt(attempt: LogArchiveAttempt): ArchiveAttempt {
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
