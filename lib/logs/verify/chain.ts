import { createHash } from "node:crypto";

interface ChainedChunk {
  sha256: string;
  startSequence: bigint;
  endSequence: bigint;
  logCount: number;
}

/*
 * The chunks of an episode as a chain of hashes: each link covers the one before, so that the last one, the head, stands
 * for all of them. Whoever wrote a head down once notices a chunk that was changed, dropped, added or moved since. Made of
 * what a shell has: `printf` and `sha256sum` (the manifest says how). A chunk that expires keeps its link.
 */

export function chainStart(episodeId: string): string {
  return sha256(`strata-chain-1 ${episodeId}`);
}

export function chainNext(previous: string, chunk: ChainedChunk): string {
  const { startSequence, endSequence, logCount } = chunk;
  return sha256(`${previous} ${chunk.sha256} ${startSequence} ${endSequence} ${logCount}\n`);
}

/** The link of each chunk, in their order. */
export function chainOf(episodeId: string, chunks: readonly ChainedChunk[]): string[] {
  let link = chainStart(episodeId);
  return chunks.map((chunk) => {
    link = chainNext(link, chunk);
    return link;
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
