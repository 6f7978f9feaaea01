import "server-only";
import { type Bloom, pageFor, pageMayHold } from "@/lib/archive/bloom";
import type { LogChunk } from "@/lib/mongo/collections/log-chunks";
import { objectStore } from "@/lib/objects/store";
import type { SearchCost } from "./cost";

/** Pages of token filters read last: 4 KB each, so that the second search for a word reads none. */
const pagesKept = 4096;
const pages = new Map<string, Buffer>();

/**
 * False only when the chunk has no row with all of these words. One page answers for one word; the first word that is not
 * there ends the asking. A filter that cannot be read rules nothing out.
 */
export async function chunkMayHold(
  chunk: LogChunk,
  bloom: Bloom,
  tokens: string[],
  cost: SearchCost,
  signal: AbortSignal,
): Promise<boolean> {
  for (const token of tokens) {
    const page = await readPage(chunk, bloom, token, cost, signal);
    if (page && !pageMayHold(bloom, page, token)) return false;
  }
  return true;
}

async function readPage(
  chunk: LogChunk,
  bloom: Bloom,
  token: string,
  cost: SearchCost,
  signal: AbortSignal,
): Promise<Buffer | null> {
  const range = pageFor(bloom, token);
  const key = `${chunk._id}/${range.offset}`;
  const known = pages.get(key);
  if (known) {
    pages.delete(key);
    pages.set(key, known);
    return known;
  }
  signal.throwIfAborted();
  cost.objectsRead++;
  const page = await objectStore()
    .get(chunk.src, range, { signal })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      console.error(`The token filter of ${chunk.src} was not read:`, error);
      return null;
    });
  if (!page) return null;
  cost.bytesRead += page.length;
  pages.set(key, page);
  for (const oldest of pages.keys()) {
    if (pages.size <= pagesKept) break;
    pages.delete(oldest);
  }
  return page;
}
