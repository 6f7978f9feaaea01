import "server-only";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import type { Episode } from "./episode";

/** The chunk records of an episode, in their order. */
export function chunksOf(episode: Episode): Promise<LogChunk[]> {
  return scoped(episode.scope)
    .collection(logChunks)
    .find({ episodeId: episode.id })
    .sort({ chunkNumber: 1 })
    .toArray();
}

export async function objectOf(chunk: LogChunk): Promise<Buffer> {
  const bytes = await objectStore().get(chunk.src);
  if (!bytes) throw new Error(`The object ${chunk.src} is not there`);
  return bytes;
}

/** Puts other bytes in an object's place, as no part of the product ever does. */
export async function replaceObject(key: string, bytes: Buffer | null): Promise<void> {
  await objectStore().delete(key);
  if (bytes) await objectStore().put(key, bytes);
}
