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
const spansAtOnce = 100;
/** Blocks whose rows are counted one by one; beyond them a block stands where it begins. */
const mostSplit = 3_000;
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
  const stored = new Map(
    records
      .filter(({ archivedThrough, nextSequenceNumber }) => archivedThrough + 1n < nextSequenceNumber)
      .map((record) => [record.episodeId, record]),
  );
  const [first, last] = [new Date(axis.start), new Date(axis.start + axis.bars * axis.widthMs - 1)];
  const ids = [...stored.keys()];
  const split: (Span & { episodeId: string })[] = [];
  let blurred = 0;
  for (let start = 0; start < ids.length; start += streamsAtOnce) {
    const blocks = await scoped(scope)
      .collection(logBlocks)
      .find(
        {
          episodeId: { $in: ids.slice(start, start + streamsAtOnce) },
          startTime: { $lte: last },
          endTime: { $gte: first },
        },
        { maxTimeMS: 10_000 },
      )
      .sort({ episodeId: 1, block: 1 })
      .toArray();
    for (const block of blocks) {
      const record = stored.get(block.episodeId);
      const [from, to] = [firstOf(block.block), firstOf(block.block + 1) - 1n];
      if (!record || to <= record.archivedThrough) continue;
      const bar = from > record.archivedThrough ? onlyBarOf(axis, block) : null;
      const { levelCounts, episodeId } = block;
      if (bar !== null) await add(episodeId, async (bars) => bars.add(bar, levelCounts, "hot"));
      else if (split.length < mostSplit) {
        const span = {
          from: larger(from, record.archivedThrough + 1n),
          to: smaller(to, record.nextSequenceNumber - 1n),
        };
        split.push({ episodeId, ...span });
      } else {
        blurred += Object.values(levelCounts).reduce((sum, rows) => sum + Number(rows), 0);
        const beside = barOf(axis, block.startTime.getTime());
        await add(episodeId, async (bars) => bars.add(beside, levelCounts, "hot"));
      }
    }
  }
  for (let start = 0; start < split.length; start += spansAtOnce) {
    await countRows(scope, split.slice(start, start + spansAtOnce), axis, add);
  }
  return blurred;
}

async function countRows(
  scope: WorkspaceScope,
  spans: (Span & { episodeId: string })[],
  { start, widthMs, bars }: Axis,
  add: Add,
): Promise<void> {
  const bar = { $floor: { $divide: [{ $subtract: ["$timestamp", new Date(start)] }, widthMs] } };
  const found = await scoped(scope)
    .collection(logEntries)
    .aggregate(
      [
        {
          $match: {
            $or: spans.map(({ episodeId, from, to }) => {
              return { episodeId, sequenceNumber: { $gte: from, $lte: to } };
            }),
          },
        },
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
