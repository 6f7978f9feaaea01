import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogEntry, logEntries } from "@/lib/mongo/collections/log-entries";
import { logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { LogLevel } from "../level";
import type { LogEntryRow } from "../schema";
import { type Gap, missingIn, overlap, type Span, withoutSpans } from "../spans";
import { listedCharacters, sourceFields, sourceOf, toEntryRow } from "./listed-entry";
import { inOrder } from "./rows-in-order";

/** One code point more than a list shows, so that a cut is noticed; the rest of a huge line never leaves the database. */
const listed = {
  _id: 0,
  sequenceNumber: 1,
  timestamp: 1,
  level: 1,
  message: { $substrCP: ["$message", 0, listedCharacters + 1] },
  ...Object.fromEntries(sourceFields.map((name) => [`metadata.${name}`, 1])),
};

/** List rows that lie in MongoDB, ascending. */
export async function listHotRows(
  scope: WorkspaceScope,
  episodeId: string,
  { from, to }: Span,
  levels: LogLevel[] = [],
): Promise<LogEntryRow[]> {
  const found = await scoped(scope)
    .collection(logEntries)
    .find(
      {
        episodeId,
        sequenceNumber: { $gte: from, $lte: to },
        ...(levels.length > 0 && { level: { $in: levels } }),
      },
      { projection: listed, maxTimeMS: 10_000 },
    )
    .sort({ sequenceNumber: 1 })
    .toArray();
  return found.map((entry) =>
    toEntryRow(
      { seq: entry.sequenceNumber, at: entry.timestamp, level: entry.level, message: entry.message },
      sourceOf(entry.metadata),
      "hot",
    ),
  );
}

/** Whole entries that lie in MongoDB, ascending. */
export async function readHotEntries(
  scope: WorkspaceScope,
  episodeId: string,
  { from, to }: Span,
  levels: LogLevel[] = [],
): Promise<LogEntry[]> {
  const found = await scoped(scope)
    .collection(logEntries)
    .find(
      {
        episodeId,
        sequenceNumber: { $gte: from, $lte: to },
        ...(levels.length > 0 && { level: { $in: levels } }),
      },
      { maxTimeMS: 10_000 },
    )
    .sort({ sequenceNumber: 1 })
    .toArray();
  return inOrder(found);
}

/** Why numbers of the hot range have no row: the reservations say whose they are. */
export async function explainMissing(
  scope: WorkspaceScope,
  episodeId: string,
  whole: Span,
  rows: LogEntryRow[],
): Promise<Gap[]> {
  const missing = missingIn(
    whole,
    rows.map((row) => BigInt(row.seq)),
  );
  if (missing.length === 0) return [];
  const holders = await scoped(scope)
    .collection(logReservations)
    .find({
      episodeId,
      state: { $in: ["open", "tombstone"] },
      startSequence: { $lte: whole.to },
      endSequence: { $gte: whole.from },
    })
    .sort({ startSequence: 1 })
    .limit(1000)
    .toArray();
  return missing.flatMap((span) => explain(span, holders));
}

function explain(
  span: Span,
  holders: { startSequence: bigint; endSequence: bigint; state: string; createdAt: Date }[],
): Gap[] {
  const explained = holders.flatMap((holder): Gap[] => {
    const part = overlap(span, { from: holder.startSequence, to: holder.endSequence });
    if (!part) return [];
    const since = holder.createdAt.toISOString();
    return [
      holder.state === "open"
        ? {
            ...part,
            reason: "in_flight",
            chunkNumber: null,
            detail: `Given to a writer at ${since}; its rows have not arrived.`,
          }
        : {
            ...part,
            reason: "never_written",
            chunkNumber: null,
            detail: `Given to a writer at ${since} that died before it wrote them.`,
          },
    ];
  });
  const rest = withoutSpans(span, explained).map(
    (part): Gap => ({
      ...part,
      reason: "missing",
      chunkNumber: null,
      detail: "No record says where these rows are.",
    }),
  );
  return [...explained, ...rest];
}
