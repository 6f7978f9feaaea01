import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks, notForReaders, type ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { type Scoped, scoped } from "@/lib/mongo/scoped";
import { noCounts, toLevelCounts } from "../episode-summary";
import { type LevelCounts, logLevels } from "../level";
import type { LogQuery } from "../search/query";
import { countArchived, momentsOf, widestBuckets } from "./archived";
import { type Axis, axisFor, BarCounts } from "./axis";
import { countHot, listHotBlocks } from "./hot";
import {
  type HistogramRequest,
  type HistogramRequestInput,
  histogramRequest,
  type LogHistogram,
  type RowCount,
} from "./schema";
import { mayHaveStrays, withoutStrays } from "./strays";

const tries = 3;
/** Share of the rows that may be left outside as strays. */
const mostStrays = 0.01;

/** Rows by time and level, from counters and chunk records. Null when there is no such episode. */
export async function readHistogram(
  scope: WorkspaceScope,
  episodeId: string,
  request: HistogramRequestInput,
): Promise<LogHistogram | null> {
  const wanted = histogramRequest.parse(request);
  const counted = await countInBars(scope, episodeId, histogramAxis(scope, wanted));
  if (!counted) return null;
  const left = counted.counts ? sumOf(counted.counts.before) + sumOf(counted.counts.after) : 0;
  const asked = wanted.from === null && wanted.to === null;
  if (wanted.strays === "in" || !asked || left <= Number(counted.record.totalLogs) * mostStrays)
    return toHistogram(counted.record, counted.counts);
  // Too many to be mistakes: they belong to the chart.
  const whole = await countInBars(scope, episodeId, histogramAxis(scope, { ...wanted, strays: "in" }));
  return whole && toHistogram(whole.record, whole.counts);
}

function histogramAxis(scope: WorkspaceScope, { from, to, bars, strays }: HistogramRequest): AxisOf {
  return async (record, chunks) => {
    let first = from === null ? record.firstLogAt?.getTime() : Date.parse(from);
    let last = to === null ? record.lastLogAt?.getTime() : Date.parse(to) - 1;
    if (first === undefined || last === undefined || last < first) return null;
    if (strays === "out" && from === null && to === null && mayHaveStrays({ first, last })) {
      const blocks = await listHotBlocks(scoped(scope), record);
      const hot = blocks.flatMap(({ startTime, endTime }) => [startTime.getTime(), endTime.getTime()]);
      const usual = withoutStrays([...(await momentsOf(scope, chunks)), ...hot]);
      first = Math.max(first, usual?.first ?? first);
      last = Math.min(last, usual?.last ?? last);
    }
    const [start, end] = [first, last];
    const shown = chunks.filter(
      ({ startTime, endTime }) => endTime.getTime() >= start && startTime.getTime() <= end,
    );
    return axisFor(start, end, bars, await widestBuckets(scope, shown));
  };
}

/** Rows of some levels and of a time range, counted without reading them. Null when there is no such episode. */
export async function readCount(
  scope: WorkspaceScope,
  episodeId: string,
  { levels, time }: Pick<LogQuery, "levels" | "time">,
): Promise<RowCount | null> {
  const counted = await countInBars(scope, episodeId, async (record) => {
    if (time.from === null && time.to === null) return null;
    const first = time.from === null ? record.firstLogAt?.getTime() : Date.parse(time.from);
    const end = time.to === null ? record.lastLogAt && record.lastLogAt.getTime() + 1 : Date.parse(time.to);
    if (first === undefined || !end || end <= first) return { start: first ?? 0, widthMs: 1, bars: 0 };
    return { start: first, widthMs: end - first, bars: 1 };
  });
  if (!counted) return null;
  const { record, counts } = counted;
  const all = counts ? (counts.bars[0]?.levels ?? noCounts()) : toLevelCounts(record.levelCounts);
  const wanted = noCounts();
  for (const level of levels.length > 0 ? levels : logLevels) wanted[level] = all[level];
  const exact = !counts || counts.blurred === 0;
  return { levels: wanted, total: sumOf(wanted), exact, asOf: new Date().toISOString() };
}

interface CountedRows {
  record: LogMetadata;
  counts: BarCounts | null;
}

type AxisOf = (record: LogMetadata, chunks: ReadableChunk[]) => Promise<Axis | null>;

/**
 * Counts all rows of an episode into the bars of an axis. Counts of blocks and chunks move while rows come in and are
 * archived, so what was read is an answer only when it adds up to the episode's own total: then every row is in it once.
 * Where that does not come about, the records are read in a snapshot, which costs more.
 */
async function countInBars(
  scope: WorkspaceScope,
  episodeId: string,
  axisOf: AxisOf,
): Promise<CountedRows | null> {
  for (let n = 0; n < tries; n++) {
    const stores = scoped(scope);
    const [record, chunks] = await Promise.all([recordOf(stores, episodeId), chunksOf(stores, episodeId)]);
    const counted = record && (await countOnce(scope, stores, record, chunks, axisOf));
    if (!counted?.counts || isWhole(counted.record, chunks, counted.counts)) return counted;
  }
  return scoped(scope).transaction(async (tx) => {
    // One after the other: a transaction has one connection.
    const record = await recordOf(tx, episodeId);
    return record && countOnce(scope, tx, record, await chunksOf(tx, episodeId), axisOf);
  });
}

/** The chunks are those of the record, and what was counted is its total. */
function isWhole(
  { archivedThrough, totalLogs }: LogMetadata,
  chunks: ReadableChunk[],
  { total }: BarCounts,
): boolean {
  return (chunks.at(-1)?.endSequence ?? -1n) === archivedThrough && BigInt(total) === totalLogs;
}

async function countOnce(
  scope: WorkspaceScope,
  stores: Scoped,
  record: LogMetadata,
  chunks: ReadableChunk[],
  axisOf: AxisOf,
): Promise<CountedRows> {
  const axis = await axisOf(record, chunks);
  if (!axis) return { record, counts: null };
  const counts = new BarCounts(axis);
  await countArchived(scope, chunks, counts);
  await countHot(stores, record, await listHotBlocks(stores, record), counts);
  return { record, counts };
}

function recordOf(stores: Scoped, episodeId: string): Promise<LogMetadata | null> {
  return stores.collection(logMetadata).findOne({ episodeId });
}

function chunksOf(stores: Scoped, episodeId: string): Promise<ReadableChunk[]> {
  return stores
    .collection(logChunks)
    .find({ episodeId }, { projection: notForReaders, maxTimeMS: 10_000 })
    .sort({ startSequence: 1 })
    .toArray();
}

function toHistogram(record: LogMetadata, counts: BarCounts | null): LogHistogram {
  const asOf = new Date().toISOString();
  if (!counts) {
    const total = Number(record.totalLogs);
    return {
      widthMs: 1,
      bars: [],
      before: noCounts(),
      after: toLevelCounts(record.levelCounts),
      total,
      blurred: 0,
      asOf,
    };
  }
  const { axis, before, after, blurred, total } = counts;
  const bars = counts.bars.map((bar, index) => {
    return { start: new Date(axis.start + index * axis.widthMs).toISOString(), ...bar };
  });
  return { widthMs: axis.widthMs, bars, before, after, total, blurred, asOf };
}

function sumOf(levels: LevelCounts): number {
  return logLevels.reduce((sum, level) => sum + levels[level], 0);
}
