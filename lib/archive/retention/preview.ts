import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { heldEpisodes } from "../hold";
import { cutoffOf } from "./marks";

export interface RetentionPreview {
  chunks: number;
  episodes: number;
  rows: number;
  bytes: number;
  /** When the oldest of them was archived; null when there is none. */
  oldest: Date | null;
  /** Chunks that are old enough and stay because of a hold. */
  heldChunks: number;
  /** Of `chunks` those that are on their way out already, at the time that was told before. */
  markedAlready: number;
  /** Chunks that are on their way out now and would stay. */
  unmarked: number;
}

/** What keeping archived logs for so many days would delete now; null keeps them for ever. The same as alignMarks would mark. */
export async function previewRetention(
  scope: WorkspaceScope,
  { days }: { days: number | null },
): Promise<RetentionPreview> {
  const none = { chunks: 0, episodes: 0, rows: 0, bytes: 0, oldest: null, heldChunks: 0, markedAlready: 0 };
  const marked = { deleteAfter: { $gt: new Date(0) } };
  const allMarked = await scoped(scope).collection(logChunks).countDocuments(marked, { maxTimeMS: 10_000 });
  if (days === null) return { ...none, unmarked: allMarked };
  const old = { createdAt: { $lt: cutoffOf({ days }) } };
  const chunks = scoped(scope).collection(logChunks);
  const held = await heldEpisodes(scope);
  const heldChunks = await chunks.countDocuments(held === null ? old : { ...old, episodeId: { $in: held } }, {
    maxTimeMS: 10_000,
  });
  if (held === null) return { ...none, heldChunks, unmarked: allMarked };
  const episodes = await chunks
    .aggregate<{ chunks: number; rows: number; bytes: bigint; oldest: Date; marked: number }>(
      [
        { $match: { ...old, episodeId: { $nin: held } } },
        {
          $group: {
            _id: "$episodeId",
            chunks: { $sum: 1 },
            rows: { $sum: "$logCount" },
            bytes: { $sum: "$sizeBytes" },
            oldest: { $min: "$createdAt" },
            marked: { $sum: { $cond: [{ $gt: ["$deleteAfter", new Date(0)] }, 1, 0] } },
          },
        },
        { $sort: { oldest: 1 } },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  const markedAlready = episodes.reduce((sum, one) => sum + Number(one.marked), 0);
  return {
    chunks: episodes.reduce((sum, one) => sum + Number(one.chunks), 0),
    episodes: episodes.length,
    rows: episodes.reduce((sum, one) => sum + Number(one.rows), 0),
    bytes: episodes.reduce((sum, one) => sum + Number(one.bytes), 0),
    oldest: episodes[0]?.oldest ?? null,
    heldChunks,
    markedAlready,
    unmarked: allMarked - markedAlready,
  };
}
