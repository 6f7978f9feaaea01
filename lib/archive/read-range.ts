import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { overlap, type Span, withoutSpans } from "@/lib/logs/spans";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { documentSize } from "@/lib/mongo/document-size";
import { scoped } from "@/lib/mongo/scoped";
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
  const rows = scoped(scope)
    .collection(logEntries)
    .find({ episodeId, sequenceNumber: { $gte: range.from, $lte: range.to } }, { batchSize: 1000 })
    .sort({ sequenceNumber: 1 });
  let expected = range.from;
  let packed = 0;
  let mongoBytes = 0;
  for await (const entry of rows) {
    const { sequenceNumber } = entry;
    // A number that was given up has no row, whatever a late writer may have left there.
    if (liesIn(range.tombstones, sequenceNumber)) continue;
    if (sequenceNumber > expected)
      refuseHole(episodeId, { from: expected, to: sequenceNumber - 1n }, range.tombstones);
    await encoder.add(entry);
    expected = sequenceNumber + 1n;
    packed++;
    mongoBytes += documentSize(entry);
    if (packed >= chunkSize || encoder.isFull) break;
  }
  const encoded = await encoder.finish();
  if (packed < chunkSize && !encoder.isFull && expected <= range.to) {
    refuseHole(episodeId, { from: expected, to: range.to }, range.tombstones);
  }
  if (!encoded) return null;
  const span = { from: encoded.startSequence, to: encoded.endSequence };
  return {
    encoded,
    tombstones: range.tombstones.flatMap((tombstone) => overlap(span, tombstone) ?? []),
    mongoBytes,
  };
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
