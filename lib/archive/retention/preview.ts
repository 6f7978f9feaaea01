import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { cutoffOf, heldEpisodes } from "./marks";

export interface RetentionPreview {
  chunks: number;
  episodes: number;
  rows: number;
  bytes: number;
  /** When the oldest of them was archived; null when there is none. */
  oldest: Date | null;
  /** Chunks that are old enough and stay because of a hold. */
  heldChunks: number;
}

/** What keeping archived logs for so many days would delete now. */
export async function previewRetention(
  scope: WorkspaceScope,
  { days }: { days: number },
): Promise<RetentionPreview> {
  const old = { createdAt: { $lt: cutoffOf({ days }) } };
  const chunks = scoped(scope).collection(logChunks);
  const held = await heldEpisodes(scope);
  const heldChunks = await chunks.countDocuments(held === null ? old : { ...old, episodeId: { $in: held } }, {
    maxTimeMS: 10_000,
  });
  const none = { chunks: 0, episodes: 0, rows: 0, bytes: 0, oldest: null };
  if (held === null) return { ...none, heldChunks };
  const episodes = await chunks
    .aggregate<{ chunks: number; rows: number; bytes: bigint; oldest: Date }>(
      [
        { $match: { ...old, episodeId: { $nin: held } } },
        {
          $group: {
            _id: "$episodeId",
            chunks: { $sum: 1 },
            rows: { $sum: "$logCount" },
            bytes: { $sum: "$sizeBytes" },
            oldest: { $min: "$createdAt" },
          },
        },
        { $sort: { oldest: 1 } },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  return {
    chunks: episodes.reduce((sum, one) => sum + Number(one.chunks), 0),
    episodes: episodes.length,
    rows: episodes.reduce((sum, one) => sum + Number(one.rows), 0),
    bytes: episodes.reduce((sum, one) => sum + Number(one.bytes), 0),
    oldest: episodes[0]?.oldest ?? null,
    heldChunks,
  };
}
