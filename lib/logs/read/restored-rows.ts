import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { logEntriesRestored } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import { fromDocument, type ReadEntry } from "../entry-line";
import { overlap, type Span } from "../spans";

/**
 * Rows of a chunk that somebody had restored; null when the archive must serve them. All or nothing: where a row is not
 * there (the restore is ending just now), the archive still has every one of them. The chunk's own record says whether
 * there is anything to look for, so a chunk that is not restored costs nothing here.
 */
export async function readRestored(
  scope: WorkspaceScope,
  chunk: ReadableChunk,
  span: Span,
): Promise<ReadEntry[] | null> {
  if (!chunk.restoredUntil || chunk.restoredUntil <= new Date()) return null;
  const rows = await scoped(scope)
    .collection(logEntriesRestored)
    .find(
      { episodeId: chunk.episodeId, sequenceNumber: { $gte: span.from, $lte: span.to } },
      { maxTimeMS: 10_000 },
    )
    .sort({ sequenceNumber: 1 })
    .toArray();
  const absent = chunk.tombstones.flatMap((tombstone) => overlap(span, tombstone) ?? []);
  const expected = absent.reduce((left, { from, to }) => left - (to - from + 1n), span.to - span.from + 1n);
  return BigInt(rows.length) === expected ? rows.map(fromDocument) : null;
}
