import "server-only";
import { AppError } from "@/lib/errors";
import type { ObjectStore } from "@/lib/objects/object-store";
import { type ChunkIndex, chunkFormat, decodeIndex, decodeTail, tailBytes } from "./footer";

/** Most indexes and their tail fit in one read from the end of the object. */
const firstRead = 32 * 1024;

/**
 * What a chunk says about itself, read from the end of its object: no MongoDB and no row is needed. Null when there is no
 * such object, or it is of the first format, which has no footer. A footer that is damaged is an AppError.
 */
export async function readFooter(store: ObjectStore, key: string): Promise<ChunkIndex | null> {
  const found = await store.head(key);
  if (!found || found.sizeBytes < tailBytes) return null;
  const start = Math.max(0, found.sizeBytes - firstRead);
  const end = await store.get(key, { offset: start, length: found.sizeBytes - start });
  const tail = end && decodeTail(end);
  if (!tail) return null;
  if (tail.format !== chunkFormat)
    throw unreadable(key, `its footer is of format ${tail.format}; this version reads ${chunkFormat}`);
  const bytes =
    tail.indexOffset >= start
      ? end.subarray(tail.indexOffset - start)
      : await store.get(key, { offset: tail.indexOffset, length: found.sizeBytes - tail.indexOffset });
  const index = bytes && decodeIndex(tail, bytes);
  if (!index) throw unreadable(key, "its footer is damaged");
  return index;
}

function unreadable(key: string, problem: string): AppError {
  return new AppError("unavailable", `The archive object ${key} does not explain itself: ${problem}.`);
}
