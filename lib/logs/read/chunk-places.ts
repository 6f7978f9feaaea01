import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogExpired, logExpired } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";

/** A place in the archive: a chunk, or what is on record of one that expired. */
export type ChunkPlace = { expired: false; chunk: LogChunk } | { expired: true; chunk: LogExpired };

/**
 * Every chunk an episode ever had, in their order. A chunk that expires is moved from one collection to the other in one
 * transaction: read in this order, none is missed, and one that moves meanwhile is taken for what it is now.
 */
export async function listChunkPlaces(scope: WorkspaceScope, episodeId: string): Promise<ChunkPlace[]> {
  const stores = scoped(scope);
  const live = await stores.collection(logChunks).find({ episodeId }).sort({ chunkNumber: 1 }).toArray();
  const ended = await stores.collection(logExpired).find({ episodeId }).sort({ chunkNumber: 1 }).toArray();
  const places = new Map<string, ChunkPlace>();
  for (const chunk of live) places.set(String(chunk._id), { expired: false, chunk });
  for (const chunk of ended) places.set(String(chunk._id), { expired: true, chunk });
  return [...places.values()].sort((a, b) => a.chunk.chunkNumber - b.chunk.chunkNumber);
}
