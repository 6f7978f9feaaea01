import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogEntry, logEntries } from "@/lib/mongo/collections/log-entries";
import { scoped } from "@/lib/mongo/scoped";
import { type Span, smaller } from "../spans";

/** Rows of one query. Many short queries, not one long one: an open cursor costs the database more than a new query. */
const rowsPerRead = 4_000n;

/**
 * The rows of a range that lie in MongoDB, ascending: some thousand at a time, or fewer when they are large. An answer ends
 * at 16 MB, and the local document engine fills it up with whatever later row still fits. Of an answer that was cut, only
 * the rows before the first number it leaves out are taken, and the next query begins there.
 */
export async function* rowsInOrder(
  scope: WorkspaceScope,
  episodeId: string,
  { from, to }: Span,
): AsyncGenerator<LogEntry[]> {
  const rows = scoped(scope).collection(logEntries);
  for (let next = from; next <= to; ) {
    const last = smaller(next + rowsPerRead - 1n, to);
    const cursor = rows
      .find({ episodeId, sequenceNumber: { $gte: next, $lte: last } }, { batchSize: Number(rowsPerRead) + 1 })
      .sort({ sequenceNumber: 1 });
    try {
      if (!(await cursor.hasNext())) {
        next = last + 1n;
        continue;
      }
      const answer = cursor.readBufferedDocuments();
      const isCut = cursor.id !== undefined && !cursor.id.isZero();
      const taken = isCut ? unbroken(answer) : answer;
      const end = taken.at(-1);
      if (!end) throw new Error("The database gave an answer without a row, and says that there are more.");
      next = isCut ? end.sequenceNumber + 1n : last + 1n;
      yield taken;
    } finally {
      await cursor.close();
    }
  }
}

/** The first rows, up to the first number that is left out. */
export function unbroken(entries: LogEntry[]): LogEntry[] {
  const end = entries.findIndex((entry, index) => {
    const before = entries[index - 1];
    return before !== undefined && entry.sequenceNumber !== before.sequenceNumber + 1n;
  });
  return end < 0 ? entries : entries.slice(0, end);
}

/** All rows of an answer that may have come out of order. */
export function inOrder(entries: LogEntry[]): LogEntry[] {
  return entries.toSorted((a, b) => (a.sequenceNumber < b.sequenceNumber ? -1 : 1));
}
