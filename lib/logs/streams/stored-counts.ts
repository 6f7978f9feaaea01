import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logBlocks } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { noTally } from "../batch-figures";
import { type Axis, type BarCounts, barOf, onlyBarOf } from "../histogram/axis";
import { logLevels } from "../level";
import { larger, type Span, smaller } from "../spans";
import { firstOf } from "./block-rows";
import type { StreamRecord } from "./candidates";
import { groupBy } from "./group-by";

type Add = (episodeId: string, count: (bars: BarCounts) => Promise<void>) => Promise<void>;

const streamsAtOnce = 500;
/** Of streams this short all rows of the window are counted, a hundred streams in one question. */
const shortStream = 2_000n;
const shortAtOnce = 100;
/** Blocks of longer streams whose rows are counted one by one; beyond them a block stands where it begins. */
const mostSplit = 300;
const grouped = z.object({
  _id: z.object({ bar: z.number(), level: z.enum(logLevels), stream: z.string() }),
  rows: z.number(),
});

/**
 * Adds the rows that lie in MongoDB: by their block's counts where one bar holds it, else the database counts the rows. Says
 * how many rows may stand beside their own bar.
 */
export async function countStored(
  scope: WorkspaceScope,
  records: StreamRecord[],
  axis: Axis,
  add: Add,
): Promise<number> {
  const stored = records.filter((record) => record.archivedThrough + 1n < record.nextSequenceNumber);
  // Rows of an archive that is just being made lie in both places for a moment: those streams are counted by number.
  const isShort = (record: StreamRecord) =>
    record.archivedThrough < 0n && record.nextSequenceNumber <= shortStream;
  const short = stored.filter(isShort).map(({ episodeId }) => episodeId);
  for (let start = 0; start < short.length; start += shortAtOnce) {
    const episodeId = { $in: short.slice(start, start + shortAtOnce) };
    const timestamp = { $gte: firstMoment(axis), $lte: lastMoment(axis) };
    await countRows(scope, { episodeId, timestamp }, axis, add);
  }
  return countByBlocks(
    scope,
    stored.filter((record) => !isShort(record)),
    axis,
    add,
  );
}

async function countByBlocks(
  scope: WorkspaceScope,
  records: StreamRecord[],
  axis: Axis,
  add: Add,
): Promise<number> {
  const byId = new Map(records.map((record) => [record.episodeId, record]));
  const ids = [...byId.keys()];
  const split: (Span & { episodeId: string })[] = [];
  let blurred = 0;
  for (let start = 0; start < ids.length; start += streamsAtOnce) {
    const blocks = await scoped(scope)
      .collection(logBlocks)
      .find(
        {
          episodeId: { $in: ids.slice(start, start + streamsAtOnce) },
          startTime: { $lte: lastMoment(axis) },
          endTime: { $gte: firstMoment(axis) },
        },
        { maxTimeMS: 10_000 },
      )
      .sort({ episodeId: 1, block: 1 })
      .toArray();
    for (const { block, episodeId, startTime, endTime, levelCounts } of blocks) {
      const record = byId.get(episodeId);
      const [from, to] = [firstOf(block), firstOf(block + 1) - 1n];
      if (!record || to <= record.archivedThrough) continue;
      const bar = from > record.archivedThrough ? onlyBarOf(axis, { startTime, endTime }) : null;
      if (bar !== null) await add(episodeId, async (bars) => bars.add(bar, levelCounts, "hot"));
      else if (split.length < mostSplit) {
        const newest = record.nextSequenceNumber - 1n;
        split.push({ episodeId, from: larger(from, record.archivedThrough + 1n), to: smaller(to, newest) });
      } else {
        blurred += Object.values(levelCounts).reduce((sum, rows) => sum + Number(rows), 0);
        const beside = barOf(axis, startTime.getTime());
        await add(episodeId, async (bars) => bars.add(beside, levelCounts, "hot"));
      }
    }
  }
  // One question each: the local document engine reads far too much for several ranges in one.
  for (const { episodeId, from, to } of split) {
    await countRows(scope, { episodeId, sequenceNumber: { $gte: from, $lte: to } }, axis, add);
  }
  return blurred;
}

async function countRows(
  scope: WorkspaceScope,
  wanted: object,
  { start, widthMs, bars }: Axis,
  add: Add,
): Promise<void> {
  const bar = { $floor: { $divide: [{ $subtract: ["$timestamp", new Date(start)] }, widthMs] } };
  const found = await scoped(scope)
    .collection(logEntries)
    .aggregate(
      [
        { $match: wanted },
        {
          $group: {
            _id: {
              bar: { $toInt: { $max: [-1, { $min: [bars, bar] }] } },
              level: "$level",
              stream: "$episodeId",
            },
            rows: { $sum: 1 },
          },
        },
      ],
      { maxTimeMS: 20_000 },
    )
    .toArray();
  const parsed = z.array(grouped).parse(found);
  for (const [stream, parts] of groupBy(parsed, ({ _id }) => _id.stream)) {
    await add(stream, async (into) => {
      for (const { _id, rows } of parts)
        into.add(_id.bar, { ...noTally(), [_id.level]: BigInt(rows) }, "hot");
    });
  }
}

const firstMoment = ({ start }: Axis) => new Date(start);
const lastMoment = ({ start, widthMs, bars }: Axis) => new Date(start + bars * widthMs - 1);
