import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogMetadata, logBlocks } from "@/lib/mongo/collections/log-episodes";
import { type Scoped, scoped } from "@/lib/mongo/scoped";
import { blockSize } from "../batch-figures";
import type { RowAtTime } from "../places";
import { larger, type Span, smaller } from "../spans";
import { findRecord, readSpan } from "./page";

/** Blocks whose counts promise such a row and that turn out not to have a readable one. */
const mostBlocksRead = 20;

/**
 * The first row, in the order of the sequence, whose time is `at` or later; null when every row is older, undefined when
 * there is no such episode. Counts of chunks and blocks lead to 200 numbers, and only those are read.
 */
export async function findRowAtTime(
  scope: WorkspaceScope,
  episodeId: string,
  at: Date,
): Promise<RowAtTime | null | undefined> {
  const record = await findRecord(scope, episodeId);
  if (!record) return undefined;
  const stores = scoped(scope);
  let tries = 0;
  for await (const stretch of stretchesReaching(stores, record, at)) {
    for (const block of await blocksReaching(stores, record, stretch, at)) {
      if (++tries > mostBlocksRead) return null;
      const from = larger(BigInt(block) * blockSize, stretch.from);
      const to = smaller(BigInt(block + 1) * blockSize - 1n, stretch.to);
      const { rows } = await readSpan(scope, record, { from, to });
      const found = rows.find((row) => row.kind === "entry" && Date.parse(row.at) >= at.getTime());
      if (found?.kind === "entry") return { seq: found.seq, at: found.at };
    }
  }
  return null;
}

/** Chunks that reach the time, in order, and then what lies in MongoDB. */
async function* stretchesReaching(
  stores: Scoped,
  { episodeId, archivedThrough, nextSequenceNumber }: LogMetadata,
  at: Date,
): AsyncGenerator<Span> {
  const chunks = stores
    .collection(logChunks)
    .find({ episodeId, endTime: { $gte: at } }, { maxTimeMS: 10_000 })
    .sort({ startSequence: 1 })
    .limit(mostBlocksRead);
  for (const { startSequence, endSequence } of await chunks.toArray()) {
    yield { from: startSequence, to: endSequence };
  }
  if (archivedThrough + 1n < nextSequenceNumber)
    yield { from: archivedThrough + 1n, to: nextSequenceNumber - 1n };
}

async function blocksReaching(
  stores: Scoped,
  { episodeId }: LogMetadata,
  { from, to }: Span,
  at: Date,
): Promise<number[]> {
  const found = await stores
    .collection(logBlocks)
    .find(
      {
        episodeId,
        block: { $gte: Number(from / blockSize), $lte: Number(to / blockSize) },
        endTime: { $gte: at },
      },
      { projection: { block: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ block: 1 })
    .limit(mostBlocksRead)
    .toArray();
  return found.map(({ block }) => block);
}
