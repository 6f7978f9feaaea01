import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { rowsInOrder } from "@/lib/logs/read/rows-in-order";
import { overlap, type Span, withoutSpans } from "@/lib/logs/spans";
import { documentSize } from "@/lib/mongo/document-size";
import { ChunkEncoder, type EncodedChunk } from "./members";
import type { ArchiveRange } from "./range";

export interface ReadChunk {
  encoded: EncodedChunk;
  /** Numbers of the chunk without a row. */
  tombstones: Span[];
  /** Bytes its entries take in MongoDB. */
  mongoBytes: number;
}

/**
 * Reads rows of a range and packs them (S1, S2), up to `chunkSize` of them. Every number must be a row or a tombstone:
 * a hole that nothing explains stops the archiver, it is never packed away (I2). Null when the range holds no row.
 */
export async function readChunk(
  scope: WorkspaceScope,
  episodeId: string,
  range: ArchiveRange,
  chunkSize: number,
): Promise<ReadChunk | null> {
  const encoder = new ChunkEncoder(range.from);
  let expected = range.from;
  let packed = 0;
  let mongoBytes = 0;
  const isFull = () => packed >= chunkSize || encoder.isFull;
  for await (const entries of readAhead(rowsInOrder(scope, episodeId, range))) {
    for (const entry of entries) {
      const { sequenceNumber } = entry;
      // A number that was given up has no row, whatever a late writer may have left there.
      if (range.tombstones.length > 0 && liesIn(range.tombstones, sequenceNumber)) continue;
      if (sequenceNumber > expected)
        refuseHole(episodeId, { from: expected, to: sequenceNumber - 1n }, range.tombstones);
      const busy = encoder.add(entry);
      if (busy) await busy;
      expected = sequenceNumber + 1n;
      packed++;
      mongoBytes += documentSize(entry);
      if (isFull()) break;
    }
    if (isFull()) break;
  }
  if (!isFull() && expected <= range.to)
    refuseHole(episodeId, { from: expected, to: range.to }, range.tombstones);
  const span = { from: range.from, to: expected - 1n };
  const tombstones = range.tombstones.flatMap((tombstone) => overlap(span, tombstone) ?? []);
  const encoded = await encoder.finish(tombstones);
  return encoded && { encoded, tombstones, mongoBytes };
}

/** The same items, each asked for while the one before it is used. */
async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let coming = source.next();
  try {
    for (let item = await coming; !item.done; item = await coming) {
      coming = source.next();
      // Whoever asks for it hears of a failure; when nobody does, it is nobody's unhandled rejection.
      coming.catch(() => {});
      yield item.value;
    }
  } finally {
    await source.return(undefined);
  }
}

function refuseHole(episodeId: string, hole: Span, tombstones: Span[]): void {
  const [unexplained] = withoutSpans(hole, tombstones);
  if (!unexplained) return;
  throw new AppError(
    "conflict",
    `Rows ${unexplained.from} to ${unexplained.to} of episode ${episodeId} are not in MongoDB and nothing says why. Nothing was archived or deleted.`,
  );
}

function liesIn(spans: Span[], number: bigint): boolean {
  return spans.some(({ from, to }) => number >= from && number <= to);
}
