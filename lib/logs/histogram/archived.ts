import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunkIndex, logChunkIndex, type ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { noTally } from "../batch-figures";
import { noCounts } from "../episode-summary";
import { type LevelCounts, logLevels } from "../level";
import { memberSpan, membersOf } from "../read/cold-rows";
import { type Member, readMember } from "../read/read-member";
import { overlap } from "../spans";
import { type Axis, type BarCounts, barOf, type Counted, onlyBarOf } from "./axis";

type Histogram = NonNullable<LogChunkIndex["histogram"]>;

/** Members that one request reads at most, to split counts that two bars share. */
const membersRead = 60;
/** Counts of chunks never change, so they are read once. */
const chunksKept = 4_000;
const known = new Map<string, ChunkCounts | null>();

/** The buckets of a chunk, and what they add up to in bars of the width that was asked for last. */
class ChunkCounts {
  readonly widthMs: number;
  private widthOfBars = 0;
  private bars: { start: number; levels: LevelCounts }[] = [];

  constructor(readonly histogram: Histogram) {
    this.widthMs = histogram.widthMs;
  }

  /** Null when a bar of this axis may end within a bucket. Buckets begin at multiples of their width. */
  inBarsOf({ start, widthMs }: Axis): { start: number; levels: LevelCounts }[] | null {
    if (start % widthMs !== 0 || widthMs % this.widthMs !== 0) return null;
    if (this.widthOfBars !== widthMs) {
      this.bars = this.sums(widthMs);
      this.widthOfBars = widthMs;
    }
    return this.bars;
  }

  private sums(widthMs: number) {
    const bars = new Map<number, LevelCounts>();
    for (const { start, levelCounts } of this.histogram.buckets) {
      const bar = Math.floor(start.getTime() / widthMs) * widthMs;
      const levels = bars.get(bar) ?? noCounts();
      for (const level of logLevels) levels[level] += Number(levelCounts[level]);
      bars.set(bar, levels);
    }
    return [...bars].map(([start, levels]) => ({ start, levels }));
  }
}

/** The widest buckets that the chunks count by; bars at least as wide need no row to be read. */
export async function widestBuckets(scope: WorkspaceScope, chunks: ReadableChunk[]): Promise<number> {
  const histograms = await histogramsOf(scope, chunks);
  return Math.max(0, ...histograms.map((histogram) => histogram?.widthMs ?? 0));
}

/** Moments about which rows of the chunks were written, as fine as their counts. */
export async function momentsOf(scope: WorkspaceScope, chunks: ReadableChunk[]): Promise<number[]> {
  const histograms = await histogramsOf(scope, chunks);
  return chunks.flatMap((chunk, index) => {
    const counts = histograms[index];
    if (!counts) return [chunk.startTime.getTime(), chunk.endTime.getTime()];
    const { buckets, widthMs } = counts.histogram;
    return buckets.flatMap(({ start }) => [start.getTime(), start.getTime() + widthMs - 1]);
  });
}

/**
 * Adds the rows of chunks, from their records: chunk by chunk where one bar holds it, else bucket by bucket. Rows are read
 * only where a bar ends within a bucket (a range that begins anywhere), and for old chunks that have no buckets.
 */
export async function countArchived(
  scope: WorkspaceScope,
  chunks: ReadableChunk[],
  counts: BarCounts,
): Promise<void> {
  const spread = chunks.filter((chunk) => {
    const bar = onlyBarOf(counts.axis, chunk);
    if (bar !== null) counts.add(bar, chunk.levelCounts, "cold");
    return bar === null;
  });
  const budget = { members: membersRead };
  const histograms = await histogramsOf(scope, spread);
  for (const [index, chunk] of spread.entries()) {
    const known = histograms[index];
    const bars = known?.inBarsOf(counts.axis);
    if (bars) for (const { start, levels } of bars) counts.add(barOf(counts.axis, start), levels, "cold");
    else if (known) await countByBuckets(scope, chunk, known.histogram, counts, budget);
    else await countByMembers(scope, chunk, counts, budget);
  }
  for (const chunk of chunks.filter(({ state }) => state !== "verified"))
    await markLost(scope, chunk, counts);
}

async function countByBuckets(
  scope: WorkspaceScope,
  chunk: ReadableChunk,
  { widthMs, buckets }: Histogram,
  counts: BarCounts,
  budget: { members: number },
): Promise<void> {
  const split: Counted[] = [];
  for (const { start, levelCounts } of buckets) {
    const bucket = { startTime: start, endTime: new Date(start.getTime() + widthMs - 1), levelCounts };
    const bar = onlyBarOf(counts.axis, bucket);
    if (bar === null) split.push(bucket);
    else counts.add(bar, levelCounts, "cold");
  }
  if (split.length === 0) return;
  const members = (await membersOf(scope, chunk)).filter((member) =>
    split.some(({ startTime, endTime }) => member.startTime <= endTime && member.endTime >= startTime),
  );
  const inSplit = (at: Date) => split.some(({ startTime, endTime }) => at >= startTime && at <= endTime);
  if (!(await countRows(scope, chunk, members, counts, budget, inSplit)))
    for (const part of split) blur(part, counts);
}

/** Members of chunks of the first format say no more than their first and last moment. */
async function countByMembers(
  scope: WorkspaceScope,
  chunk: ReadableChunk,
  counts: BarCounts,
  budget: { members: number },
): Promise<void> {
  const members = await membersOf(scope, chunk);
  if (members.length === 0) return blur(chunk, counts);
  for (const member of members) {
    const bar = onlyBarOf(counts.axis, member);
    if (bar !== null) counts.add(bar, member.levelCounts, "cold");
    else if (!(await countRows(scope, chunk, [member], counts, budget, () => true))) blur(member, counts);
  }
}

/** Counts rows one by one; false, and nothing counted, when they cannot be read or are too many. */
async function countRows(
  scope: WorkspaceScope,
  chunk: ReadableChunk,
  members: Member[],
  counts: BarCounts,
  budget: { members: number },
  wanted: (at: Date) => boolean,
): Promise<boolean> {
  budget.members -= members.length;
  if (budget.members < 0) return false;
  const reads = await Promise.all(members.map((member) => readMember(scope, chunk, member)));
  if (!reads.every((read) => read.ok)) return false;
  for (const read of reads) {
    for (const { at, level } of read.ok ? read.entries : []) {
      if (wanted(at)) counts.add(barOf(counts.axis, at.getTime()), { ...noTally(), [level]: 1n }, "cold");
    }
  }
  return true;
}

/** No row is left out of the sum; these stand in the bar where the first of them may be. */
function blur(part: Counted, counts: BarCounts): void {
  counts.add(barOf(counts.axis, part.startTime.getTime()), part.levelCounts, "cold");
  counts.blurred += Object.values(part.levelCounts).reduce((sum, rows) => sum + Number(rows), 0);
}

async function markLost(scope: WorkspaceScope, chunk: ReadableChunk, counts: BarCounts): Promise<void> {
  const { damage } = chunk;
  if (!damage) return counts.mark(chunk, "missing");
  for (const member of await membersOf(scope, chunk)) {
    if (damage.some((part) => overlap(part, memberSpan(member)))) counts.mark(member, "missing");
  }
}

async function histogramsOf(scope: WorkspaceScope, chunks: ReadableChunk[]): Promise<(ChunkCounts | null)[]> {
  const unknown = chunks.filter(({ _id }) => !known.has(String(_id)));
  if (unknown.length > 0) {
    const found = await scoped(scope)
      .collection(logChunkIndex)
      .find(
        { _id: { $in: unknown.map(({ _id }) => _id) } },
        { projection: { histogram: 1 }, maxTimeMS: 10_000 },
      )
      .sort({ _id: 1 })
      .toArray();
    if (known.size + found.length > chunksKept) known.clear();
    for (const { _id, histogram } of found)
      known.set(String(_id), histogram ? new ChunkCounts(histogram) : null);
  }
  return chunks.map(({ _id }) => known.get(String(_id)) ?? null);
}
