import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogEntry, logEntries } from "@/lib/mongo/collections/log-entries";
import { insertedBesideDuplicates } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { type Figures, figuresByBlock } from "./batch-figures";

/** One message to the database stays well below its limit of 48 MB, whatever the lines hold. */
const rowsPerInsert = 500;
/** The database maintains the indexes of an insert on one processor; two inserts take two thirds of the time of one. */
const insertsAtOnce = 2;

/**
 * Writes the rows of a reservation, each once, also when some are there already from a try before, and tells the figures
 * of what then is stored.
 */
export async function writeRows(
  scope: WorkspaceScope,
  entries: LogEntry[],
  onWritten: () => Promise<void> | void,
): Promise<Map<number, Figures>> {
  let figures: Map<number, Figures> | undefined;
  let allNew = true;
  for (let start = 0; start < entries.length; start += rowsPerInsert * insertsAtOnce) {
    const inserts = Array.from({ length: insertsAtOnce }, (_, index) => {
      const first = start + index * rowsPerInsert;
      return insertMissing(scope, entries.slice(first, first + rowsPerInsert));
    });
    // Reckoned while the database is at work.
    figures ??= figuresByBlock(entries);
    // All of them are over before an error goes on its way: nothing is written behind the back of whoever gets it.
    for (const insert of await Promise.allSettled(inserts)) {
      if (insert.status === "rejected") throw insert.reason;
      allNew &&= insert.value === "new";
    }
    await onWritten();
  }
  // A try before may have masked by other rules, so that its rows are of another length.
  return allNew && figures ? figures : figuresByBlock(await storedRows(scope, entries));
}

async function insertMissing(scope: WorkspaceScope, entries: LogEntry[]): Promise<"new" | "some_present"> {
  if (entries.length === 0) return "new";
  try {
    await scoped(scope).collection(logEntries).insertMany(entries, { ordered: false });
    return "new";
  } catch (error) {
    if (insertedBesideDuplicates(error) === null) throw error;
    // Numbers of a reservation belong to one content, so a row that is there is the row we have. All must be there.
    const stored = await scoped(scope).collection(logEntries).countDocuments(rangeOf(entries));
    if (stored !== entries.length) throw error;
    return "some_present";
  }
}

function storedRows(scope: WorkspaceScope, entries: LogEntry[]): Promise<LogEntry[]> {
  return scoped(scope).collection(logEntries).find(rangeOf(entries)).sort({ sequenceNumber: 1 }).toArray();
}

function rangeOf(entries: LogEntry[]) {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) throw new Error("No entries, no range");
  const { episodeId } = first;
  return { episodeId, sequenceNumber: { $gte: first.sequenceNumber, $lte: last.sequenceNumber } };
}
