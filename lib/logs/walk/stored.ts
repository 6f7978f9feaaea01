import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogEntry, logEntries } from "@/lib/mongo/collections/log-entries";
import { documentSize } from "@/lib/mongo/document-size";
import { scoped } from "@/lib/mongo/scoped";
import { toLine } from "../entry-line";
import { explainMissing } from "../read/hot-rows";
import { findRecord } from "../read/page";
import { unbroken } from "../read/rows-in-order";
import { missingIn, type Span } from "../spans";
import { type Piece, piecesFrom } from "./piece";

const rowsPerRead = 1000;
const bytesPerRead = 4 * 1024 * 1024;
/** How often a number that nothing explains is looked for before it counts as lost. */
const looks = 3;

export type StoredRead = { moved: true } | { moved: false; pieces: Piece[]; next: bigint };

/**
 * The next rows of `span` that lie in MongoDB, up to the first number without a row and why it has none. "moved" when the
 * archiver took rows away meanwhile: it raises archivedThrough before it deletes, so asking again after a hole was seen
 * settles the matter.
 */
export async function readStored(scope: WorkspaceScope, episodeId: string, span: Span): Promise<StoredRead> {
  for (let look = 1; ; look++) {
    const { entries, complete } = await readSome(scope, episodeId, span);
    const reached = complete ? span.to : (entries.at(-1)?.sequenceNumber ?? span.to);
    const [hole] = missingIn({ from: span.from, to: reached }, numbersOf(entries));
    const before = hole ? entries.filter(({ sequenceNumber }) => sequenceNumber < hole.from) : entries;
    const pieces = piecesFrom(before.map((entry) => ({ seq: entry.sequenceNumber, line: toLine(entry) })));
    if (!hole) return { moved: false, pieces, next: reached + 1n };

    const record = await findRecord(scope, episodeId);
    if (!record || record.archivedThrough >= span.from) return { moved: true };
    const gaps = await explainMissing(scope, episodeId, hole, []);
    // A writer may have finished between the two reads: its numbers were open then, and are written now.
    if (look < looks && gaps.some(({ reason }) => reason === "missing")) continue;
    const inOrder = gaps.sort((a, b) => (a.from < b.from ? -1 : 1));
    return {
      moved: false,
      pieces: [...pieces, ...inOrder.map((gap): Piece => ({ kind: "gap", gap }))],
      next: hole.to + 1n,
    };
  }
}

/** Some entries from the start of a range. `complete`: there are no others in it. Large rows make it fewer. */
async function readSome(
  scope: WorkspaceScope,
  episodeId: string,
  { from, to }: Span,
): Promise<{ entries: LogEntry[]; complete: boolean }> {
  const cursor = scoped(scope)
    .collection(logEntries)
    .find(
      { episodeId, sequenceNumber: { $gte: from, $lte: to } },
      { maxTimeMS: 30_000, batchSize: rowsPerRead },
    )
    .sort({ sequenceNumber: 1 })
    .limit(rowsPerRead);
  const entries: LogEntry[] = [];
  let bytes = 0;
  try {
    for await (const entry of cursor) {
      entries.push(entry);
      bytes += documentSize(entry);
      // The answer may be one that was cut (rows-in-order.ts).
      if (bytes >= bytesPerRead) return { entries: unbroken(entries), complete: false };
    }
  } finally {
    await cursor.close();
  }
  return { entries, complete: entries.length < rowsPerRead };
}

function* numbersOf(entries: LogEntry[]): Generator<bigint> {
  for (const { sequenceNumber } of entries) yield sequenceNumber;
}
