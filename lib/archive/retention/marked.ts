import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";

/** Chunks of one episode that are to be deleted. */
export interface MarkedEpisode {
  episodeId: string;
  chunks: number;
  firstChunk: number;
  lastChunk: number;
  rows: number;
  bytes: number;
  /** When the oldest of them was archived. */
  archivedAt: string;
  /** When the first of them goes. */
  deleteAfter: string;
}

export interface Marked {
  chunks: number;
  bytes: number;
  /** Null when nothing is marked. */
  next: string | null;
  /** Those that go first; there may be more. */
  episodes: MarkedEpisode[];
  moreEpisodes: number;
}

const episodesShown = 100;

/** What the retention of a workspace is about to delete, the next first. */
export async function listMarked(scope: WorkspaceScope): Promise<Marked> {
  const groups = await scoped(scope)
    .collection(logChunks)
    .aggregate<MarkedGroup>(
      [
        { $match: { deleteAfter: { $gt: new Date(0) } } },
        {
          $group: {
            _id: "$episodeId",
            chunks: { $sum: 1 },
            firstChunk: { $min: "$chunkNumber" },
            lastChunk: { $max: "$chunkNumber" },
            rows: { $sum: "$logCount" },
            bytes: { $sum: "$sizeBytes" },
            archivedAt: { $min: "$createdAt" },
            deleteAfter: { $min: "$deleteAfter" },
          },
        },
        { $sort: { deleteAfter: 1, _id: 1 } },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  const sum = (of: (group: MarkedGroup) => number | bigint) =>
    groups.reduce((total, group) => total + Number(of(group)), 0);
  return {
    chunks: sum(({ chunks }) => chunks),
    bytes: sum(({ bytes }) => bytes),
    next: groups[0]?.deleteAfter.toISOString() ?? null,
    episodes: groups.slice(0, episodesShown).map(toMarkedEpisode),
    moreEpisodes: Math.max(0, groups.length - episodesShown),
  };
}

interface MarkedGroup {
  _id: string;
  chunks: number;
  firstChunk: number;
  lastChunk: number;
  rows: number;
  bytes: bigint;
  archivedAt: Date;
  deleteAfter: Date;
}

function toMarkedEpisode({ _id, ...group }: MarkedGroup): MarkedEpisode {
  return {
    episodeId: _id,
    chunks: Number(group.chunks),
    firstChunk: Number(group.firstChunk),
    lastChunk: Number(group.lastChunk),
    rows: Number(group.rows),
    bytes: Number(group.bytes),
    archivedAt: group.archivedAt.toISOString(),
    deleteAfter: group.deleteAfter.toISOString(),
  };
}
