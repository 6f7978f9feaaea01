import { type LevelCounts, type LogLevel, logLevels } from "../level";
import type { EpisodeOverview } from "../schema";

/** Rows of one slice of time. A block of rows that spans several slices is shared between them in whole rows. */
export interface TimeBin {
  levels: LevelCounts;
  cold: number;
  hot: number;
  missing: boolean;
}

export interface TimeBins {
  start: number;
  end: number;
  bins: TimeBin[];
  /** Rows of the fullest slice. */
  most: number;
  /** Rows whose time lies outside the axis; they are counted in its first or last slice. */
  outside: number;
}

type Bucket = { from: number; to: number; start: number; end: number; levels: LevelCounts };

/**
 * An overview is cut by sequence; this cuts it by time. The sum over the bins is the sum over the buckets. Stray times (1970,
 * 2099) would squeeze everything else into one bar, so an axis that they stretch twentyfold ignores them.
 */
export function timeBins(overview: EpisodeOverview, count: number, archivedThrough: number): TimeBins | null {
  const buckets = overview.buckets.map(toBucket).filter((bucket) => rows(bucket.levels) > 0);
  if (buckets.length === 0) return null;
  const { start, end } = axis(buckets);
  const bins = Array.from({ length: count }, emptyBin);
  const width = Math.max(1, end - start) / count;
  const binAt = (at: number) => Math.min(count - 1, Math.max(0, Math.floor((at - start) / width)));
  let outside = 0;
  for (const bucket of buckets) {
    if (bucket.end < start || bucket.start > end) outside += rows(bucket.levels);
    const from = Math.min(end, Math.max(start, bucket.start));
    const to = Math.max(from, Math.min(end, bucket.end));
    const first = binAt(from);
    const last = binAt(to);
    const cold = coldShare(bucket, archivedThrough);
    let before = emptyLevels();
    for (let i = first; i <= last; i++) {
      const bin = bins[i];
      if (!bin) continue;
      // What has come up to the end of this slice, in whole rows: a single error lands in one slice, not in ten tenths.
      const reached = i === last ? 1 : (start + (i + 1) * width - from) / (to - from);
      const upTo = mapLevels((level) => Math.round(bucket.levels[level] * reached));
      const here = mapLevels((level) => upTo[level] - before[level]);
      before = upTo;
      for (const level of logLevels) bin.levels[level] += here[level];
      bin.cold += rows(here) * cold;
      bin.hot += rows(here) * (1 - cold);
    }
  }
  for (const gap of overview.gaps) {
    if (gap.reason !== "damaged" && gap.reason !== "missing") continue;
    const bucket = nearest(buckets, Number(gap.from));
    const bin = bucket && bins[binAt(bucket.start)];
    if (bin) bin.missing = true;
  }
  return { start, end, bins, most: Math.max(...bins.map((bin) => rows(bin.levels))), outside };
}

export interface TierRun {
  tier: "cold" | "hot" | "missing" | "none";
  first: number;
  length: number;
}

/** Neighbouring bins that live in the same tier, as one run each. */
export function tierRuns(bins: readonly TimeBin[]): TierRun[] {
  const runs: TierRun[] = [];
  bins.forEach((bin, i) => {
    const tier = bin.missing
      ? "missing"
      : bin.cold + bin.hot === 0
        ? "none"
        : bin.cold >= bin.hot
          ? "cold"
          : "hot";
    const last = runs.at(-1);
    if (last?.tier === tier) last.length += 1;
    else runs.push({ tier, first: i, length: 1 });
  });
  return bridged(runs);
}

/** Where a bar leads: the first sequence number whose time lies in that slice. Null when the slice is empty. */
export function firstSeqIn(overview: EpisodeOverview, from: number, to: number): number | null {
  const bucket = overview.buckets
    .map(toBucket)
    .find((b) => b.start < to && b.end >= from && rows(b.levels) > 0);
  if (!bucket) return null;
  const span = Math.max(1, bucket.end - bucket.start);
  const share = Math.min(1, Math.max(0, (from - bucket.start) / span));
  return Math.round(bucket.from + share * (bucket.to - bucket.from));
}

/** Time a sequence number was written at, as near as its bucket tells. */
export function timeOf(overview: EpisodeOverview, seq: number): number | null {
  const bucket = nearest(overview.buckets.map(toBucket), seq);
  if (!bucket) return null;
  const share = (seq - bucket.from) / Math.max(1, bucket.to - bucket.from);
  return bucket.start + Math.min(1, Math.max(0, share)) * (bucket.end - bucket.start);
}

export function rows(levels: LevelCounts): number {
  return logLevels.reduce((sum, level) => sum + levels[level], 0);
}

function emptyBin(): TimeBin {
  return { levels: emptyLevels(), cold: 0, hot: 0, missing: false };
}

function emptyLevels(): LevelCounts {
  return mapLevels(() => 0);
}

function mapLevels(count: (level: LogLevel) => number): LevelCounts {
  return {
    debug: count("debug"),
    info: count("info"),
    warn: count("warn"),
    error: count("error"),
    fatal: count("fatal"),
  };
}

function toBucket(bucket: EpisodeOverview["buckets"][number]): Bucket {
  return {
    from: Number(bucket.from),
    to: Number(bucket.to),
    start: Date.parse(bucket.startAt),
    end: Date.parse(bucket.endAt),
    levels: bucket.levels,
  };
}

function nearest(buckets: readonly Bucket[], seq: number): Bucket | undefined {
  return buckets.find((bucket) => bucket.to >= seq) ?? buckets.at(-1);
}

function coldShare(bucket: Bucket, archivedThrough: number): number {
  const cold = Math.min(bucket.to, archivedThrough) - bucket.from + 1;
  return Math.min(1, Math.max(0, cold / (bucket.to - bucket.from + 1)));
}

function axis(buckets: readonly Bucket[]): { start: number; end: number } {
  const starts = buckets.map((bucket) => bucket.start).sort((a, b) => a - b);
  const ends = buckets.map((bucket) => bucket.end).sort((a, b) => a - b);
  const stray = Math.floor(buckets.length * 0.02);
  const full = { start: starts[0] ?? 0, end: ends.at(-1) ?? 0 };
  const usual = { start: starts[stray] ?? full.start, end: ends[ends.length - 1 - stray] ?? full.end };
  const stretched = full.end - full.start > 20 * Math.max(1, usual.end - usual.start);
  return stretched ? usual : full;
}

/** A quiet spell has no tier of its own: the run before it goes on, so the band has no holes that look like losses. */
function bridged(runs: readonly TierRun[]): TierRun[] {
  const joined: TierRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && (run.tier === "none" || run.tier === last.tier)) last.length += run.length;
    else joined.push({ ...run });
  }
  const [head, next] = joined;
  if (head?.tier === "none" && next)
    joined.splice(0, 2, { ...next, first: 0, length: head.length + next.length });
  return joined;
}
