import "server-only";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { archiveAfterDefaultMs } from "@/lib/logs/archive-due";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";
import type { OldestLive } from "./schema";

/** Episodes that are asked for their oldest row; those come first that an archiver has to look at first. */
const askedEpisodes = 20;

type Candidate = Pick<LogMetadata, "workspaceId" | "episodeId" | "archivedThrough" | "archiveAfterMs">;

/**
 * Of the live rows that may be archived, the one nearest to its limit: rows above the hot tail, and the tail itself where the
 * episode has ended or was written to for the last time longer ago than it keeps rows. A tail that is still written to may hold
 * rows of any age, as people look at the newest rows of what moves.
 */
export async function getOldestLive(scope: WorkspaceScope, now = new Date()): Promise<OldestLive | null> {
  const stores = scoped(scope);
  const candidates = await stores
    .collection(logMetadata)
    .aggregate<Candidate>(candidateStages(now), { maxTimeMS: 10_000 })
    .toArray();
  return nearestLimit(candidates, now, ({ episodeId, archivedThrough }) =>
    stores.collection(logEntries).findOne({ episodeId, sequenceNumber: { $gt: archivedThrough } }, oldestRow),
  );
}

/** The same over all workspaces, or in one. Of the row nothing is read but when it arrived. */
export async function getOldestLiveAnywhere(
  scope: PlatformScope,
  now: Date,
  workspaceId: string | null = null,
): Promise<OldestLive | null> {
  const here = workspaceId === null ? [] : [{ $match: { workspaceId } }];
  const candidates = await acrossWorkspaces(scope, logMetadata)
    .aggregate<Candidate>([...here, ...candidateStages(now)], { maxTimeMS: 10_000 })
    .toArray();
  return nearestLimit(candidates, now, ({ workspaceId, episodeId, archivedThrough }) =>
    acrossWorkspaces(scope, logEntries).findOne(
      { workspaceId, episodeId, sequenceNumber: { $gt: archivedThrough } },
      oldestRow,
    ),
  );
}

const oldestRow = { sort: { sequenceNumber: 1 as const }, projection: { createdAt: 1 }, maxTimeMS: 10_000 };

function candidateStages(now: Date): object[] {
  const ageMs = { $ifNull: ["$archiveAfterMs", archiveAfterDefaultMs] };
  const restsSince = { $lte: ["$lastWrittenAt", { $subtract: [now, ageMs] }] };
  const mayGo = { $or: ["$ended", restsSince, { $gt: ["$currentLogs", "$keepHot"] }] };
  return [
    { $match: { currentLogs: { $gt: 0n }, $expr: mayGo } },
    { $sort: { archiveDueAt: 1, currentLogs: -1 } },
    { $limit: askedEpisodes },
    { $project: { workspaceId: 1, episodeId: 1, archivedThrough: 1, archiveAfterMs: 1 } },
  ];
}

async function nearestLimit(
  candidates: Candidate[],
  now: Date,
  oldestOf: (candidate: Candidate) => Promise<{ createdAt: Date } | null>,
): Promise<OldestLive | null> {
  const found = await Promise.all(
    candidates.map(async (candidate) => {
      const row = await oldestOf(candidate);
      if (!row) return [];
      const limitMs = candidate.archiveAfterMs ?? archiveAfterDefaultMs;
      const ageMs = Math.max(0, now.getTime() - row.createdAt.getTime());
      return [{ episodeId: candidate.episodeId, at: row.createdAt.toISOString(), ageMs, limitMs }];
    }),
  );
  const [nearest] = found.flat().sort((a, b) => b.ageMs / b.limitMs - a.ageMs / a.limitMs);
  return nearest ?? null;
}
