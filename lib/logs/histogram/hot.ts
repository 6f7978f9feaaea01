import "server-only";
import { z } from "zod";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type LogMetadata, logBlocks, logReservations } from "@/lib/mongo/collections/log-episodes";
import type { Scoped } from "@/lib/mongo/scoped";
import { blockSize, noTally } from "../batch-figures";
import { leaseIsHeld } from "../episode-summary";
import { logLevels } from "../level";
import { larger, type Span, smaller, withoutSpans } from "../spans";
import { type BarCounts, type Counted, onlyBarOf } from "./axis";

type Block = Counted & { block: number };

const grouped = z.object({
  _id: z.object({ bar: z.number(), level: z.enum(logLevels) }),
  rows: z.number(),
});

/** Counts of blocks that are wholly in MongoDB or on the seam. */
export async function listHotBlocks(
  stores: Scoped,
  { episodeId, archivedThrough, nextSequenceNumber }: LogMetadata,
): Promise<Block[]> {
  if (archivedThrough + 1n >= nextSequenceNumber) return [];
  return stores
    .collection(logBlocks)
    .find({ episodeId, block: { $gte: Number((archivedThrough + 1n) / blockSize) } }, { maxTimeMS: 10_000 })
    .sort({ block: 1 })
    .toArray();
}

/**
 * Adds the rows that lie in MongoDB: by the counts of their block where one bar holds the block, else the database counts
 * the rows themselves. Rows of a batch that is still being written are in no block yet, so they are not counted there.
 */
export async function countHot(
  stores: Scoped,
  record: LogMetadata,
  blocks: Block[],
  counts: BarCounts,
): Promise<void> {
  const archiving = leaseIsHeld(record, new Date());
  const archivingTo = record.archivedThrough + BigInt(record.chunkSize);
  // Numbers given out since the record was read belong to rows that it does not count.
  const newest = record.nextSequenceNumber - 1n;
  const split: Span[] = [];
  for (const block of blocks) {
    const span = spanOf(block);
    const bar = span.from > record.archivedThrough ? onlyBarOf(counts.axis, block) : null;
    if (bar !== null) counts.add(bar, block.levelCounts, "hot");
    else split.push({ from: larger(span.from, record.archivedThrough + 1n), to: smaller(span.to, newest) });
    if (archiving && span.from <= archivingTo) counts.mark(block, "archiving");
  }
  if (split.length > 0) await countByRows(stores, record, joined(split), counts);
}

async function countByRows(
  stores: Scoped,
  { episodeId }: LogMetadata,
  spans: Span[],
  counts: BarCounts,
): Promise<void> {
  const open = await stores
    .collection(logReservations)
    .find({ episodeId, state: "open" }, { projection: { startSequence: 1, endSequence: 1 } })
    .sort({ startSequence: 1 })
    .toArray();
  const writing = open.map(({ startSequence, endSequence }) => ({ from: startSequence, to: endSequence }));
  const { start, widthMs, bars } = counts.axis;
  const bar = { $floor: { $divide: [{ $subtract: ["$timestamp", new Date(start)] }, widthMs] } };
  for (const { from, to } of spans.flatMap((span) => withoutSpans(span, writing))) {
    const found = await stores
      .collection(logEntries)
      .aggregate(
        [
          { $match: { episodeId, sequenceNumber: { $gte: from, $lte: to } } },
          {
            $group: {
              _id: { bar: { $toInt: { $max: [-1, { $min: [bars, bar] }] } }, level: "$level" },
              rows: { $sum: 1 },
            },
          },
        ],
        { maxTimeMS: 20_000 },
      )
      .toArray();
    for (const { _id, rows } of z.array(grouped).parse(found)) {
      counts.add(_id.bar, { ...noTally(), [_id.level]: BigInt(rows) }, "hot");
    }
  }
}

function spanOf({ block }: Block): Span {
  const from = BigInt(block) * blockSize;
  return { from, to: from + blockSize - 1n };
}

/** Spans that touch, as one. */
function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && last.to + 1n === span.from) last.to = span.to;
    else result.push({ ...span });
  }
  return result;
}
