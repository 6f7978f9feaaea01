import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { fromDocument, type ReadEntry } from "../entry-line";
import type { LogEntryDetail, LogGapRow } from "../schema";
import { toGapRow } from "../spans";
import { readColdRange } from "./cold-rows";
import { readHotEntries } from "./hot-rows";
import { findRecord, readSpan } from "./page";

/** The whole of one entry, or the gap it lies in. Null when the number was not given out, or there is no such episode. */
export async function readEntry(
  scope: WorkspaceScope,
  episodeId: string,
  seq: bigint,
): Promise<LogEntryDetail | LogGapRow | null> {
  const record = await findRecord(scope, episodeId);
  if (!record || seq < 0n || seq >= record.nextSequenceNumber) return null;
  const span = { from: seq, to: seq };
  if (seq > record.archivedThrough) {
    const [entry] = await readHotEntries(scope, episodeId, span);
    if (entry) return toDetail(fromDocument(entry), "hot", null);
    // It may have moved just now; otherwise the page reader says what became of it.
    const { rows, record: now } = await readSpan(scope, record, span);
    const [row] = rows;
    if (row?.kind === "gap") return row;
    if (now.archivedThrough < seq) return null;
  }
  const { entries, gaps } = await readColdRange(scope, episodeId, span);
  const [gap] = gaps;
  if (gap) return toGapRow(gap);
  const [entry] = entries;
  const chunk = await scoped(scope)
    .collection(logChunks)
    .findOne({ episodeId, startSequence: { $lte: seq }, endSequence: { $gte: seq } });
  if (!entry || !chunk) return null;
  return toDetail(entry, "cold", {
    number: chunk.chunkNumber,
    verifiedAt: chunk.verifiedAt.toISOString(),
    restoredUntil: restoredUntil(chunk, new Date()),
  });
}

function toDetail(
  entry: ReadEntry,
  tier: LogEntryDetail["tier"],
  chunk: LogEntryDetail["chunk"],
): LogEntryDetail {
  return {
    seq: entry.seq.toString(),
    at: entry.at.toISOString(),
    receivedAt: entry.receivedAt.toISOString(),
    level: entry.level,
    message: entry.message,
    metadataText: entry.metadataText,
    flags: entry.flags,
    tier,
    chunk,
  };
}

function restoredUntil({ restoredUntil: until }: LogChunk, now: Date): string | null {
  return until && until > now ? until.toISOString() : null;
}
