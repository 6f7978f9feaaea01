import type { LevelTally } from "@/lib/logs/batch-figures";
import { type LogLevel, logLevels } from "@/lib/logs/level";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";

export type Histogram = NonNullable<LogChunkIndex["histogram"]>;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Each width divides the next one, so that buckets of one width add up to buckets of any wider one. */
const widths = [
  ...[100, second, 5 * second, 10 * second, 30 * second],
  ...[minute, 5 * minute, 10 * minute, 30 * minute, hour, 6 * hour, 12 * hour],
  ...[day, 10 * day, 100 * day, 1_000 * day, 10_000 * day, 100_000 * day, 1_000_000 * day],
];

/** Enough for a chart of one chunk; every chunk of an episode is read for a chart of the episode. */
const mostBuckets = 240;

/**
 * Exact counts per level and stretch of time, as fine as fits. Only stretches that have rows are kept: one timestamp of
 * another century costs one bucket and does not blur the others.
 */
export class LevelHistogram {
  private width = 0;
  private buckets = new Map<number, number[]>();
  private lastStart = Number.NaN;
  private last: number[] = [];

  add(timestamp: number, level: LogLevel): void {
    const start = this.startOf(timestamp);
    if (start !== this.lastStart) {
      this.last = bucketOf(this.buckets, start);
      this.lastStart = start;
      if (this.buckets.size > mostBuckets) {
        this.widen();
        this.add(timestamp, level);
        return;
      }
    }
    const place = logLevels.indexOf(level);
    this.last[place] = (this.last[place] ?? 0) + 1;
  }

  toHistogram(): Histogram {
    const buckets = [...this.buckets]
      .sort(([a], [b]) => a - b)
      .map(([start, counts]) => ({ start: new Date(start), levelCounts: tallyOf(counts) }));
    return { widthMs: this.widthMs, buckets };
  }

  private get widthMs(): number {
    return widths[this.width] ?? day;
  }

  private startOf(timestamp: number): number {
    return Math.floor(timestamp / this.widthMs) * this.widthMs;
  }

  private widen(): void {
    const finer = this.buckets;
    this.width++;
    this.buckets = new Map();
    this.lastStart = Number.NaN;
    for (const [start, counts] of finer) {
      const wider = bucketOf(this.buckets, this.startOf(start));
      counts.forEach((count, place) => {
        wider[place] = (wider[place] ?? 0) + count;
      });
    }
  }
}

function bucketOf(buckets: Map<number, number[]>, start: number): number[] {
  let bucket = buckets.get(start);
  if (!bucket) {
    bucket = logLevels.map(() => 0);
    buckets.set(start, bucket);
  }
  return bucket;
}

/** Counts in the order of `logLevels`, as documents hold them. */
export function tallyOf(counts: readonly number[]): LevelTally {
  const [debug = 0, info = 0, warn = 0, error = 0, fatal = 0] = counts;
  return {
    debug: BigInt(debug),
    info: BigInt(info),
    warn: BigInt(warn),
    error: BigInt(error),
    fatal: BigInt(fatal),
  };
}
