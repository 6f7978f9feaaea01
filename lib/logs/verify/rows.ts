import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { documentSize } from "@/lib/mongo/document-size";
import { scoped } from "@/lib/mongo/scoped";
import { blockSize } from "../batch-figures";
import { rowsInOrder } from "../read/rows-in-order";
import { missingIn, type Span, withoutSpans } from "../spans";
import type { Reservations } from "./reservations";
import { newTally, type Tally, tallyRow } from "./tally";

export interface HotTally extends Tally {
  bytes: number;
  unpruned: number;
}

/** I1, I2: every settled number above the archive has exactly one row, and no other number has one. */
export async function inspectRows(
  scope: WorkspaceScope,
  record: LogMetadata,
  { open, tombstones }: Reservations,
  problems: string[],
): Promise<HotTally> {
  const { episodeId, archivedThrough, nextSequenceNumber } = record;
  const rows = scoped(scope).collection(logEntries);
  const tally: HotTally = { ...newTally(), bytes: 0, unpruned: 0 };
  tally.unpruned = await rows.countDocuments({ episodeId, sequenceNumber: { $lte: archivedThrough } });
  const seen: bigint[] = [];
  const whole = { from: archivedThrough + 1n, to: nextSequenceNumber - 1n };
  for await (const entries of rowsInOrder(scope, episodeId, whole)) {
    for (const entry of entries) {
      const { sequenceNumber: seq, level, timestamp: at } = entry;
      if (seen.at(-1) === seq) problems.push(`Row ${seq} is in MongoDB twice.`);
      seen.push(seq);
      // Rows of an open reservation are there before they are counted.
      if (liesIn(open, seq)) continue;
      tallyRow(tally, { seq, level, at }, blockSize);
      tally.bytes += documentSize(entry);
    }
  }
  const beyond = await rows.findOne(
    { episodeId, sequenceNumber: { $gte: nextSequenceNumber } },
    { sort: { sequenceNumber: 1 }, projection: { sequenceNumber: 1 } },
  );
  if (beyond) problems.push(`Row ${beyond.sequenceNumber} has a number that was never given out.`);
  for (const span of missingIn(whole, seen)) {
    for (const hole of withoutSpans(span, [...open, ...tombstones])) {
      problems.push(`Rows ${hole.from} to ${hole.to} are nowhere, and nothing says why.`);
    }
  }
  return tally;
}

function liesIn(spans: Span[], number: bigint): boolean {
  return spans.some(({ from, to }) => number >= from && number <= to);
}
