import type { LevelTally } from "../batch-figures";
import { noCounts } from "../episode-summary";
import { type LevelCounts, logLevels } from "../level";

/** Equal bars side by side, in milliseconds. Rows before the first and behind the last one are counted apart. */
export interface Axis {
  start: number;
  widthMs: number;
  bars: number;
}

/** Rows that were counted together: of a chunk, a member, a block, or a stretch of time. */
export interface Counted {
  startTime: Date;
  endTime: Date;
  levelCounts: LevelTally;
}

/** The bar of a moment: -1 before the first one, `bars` behind the last one. */
export function barOf({ start, widthMs, bars }: Axis, at: number): number {
  return Math.min(bars, Math.max(-1, Math.floor((at - start) / widthMs)));
}

/** The bar that all of the rows stand in; null when they stand in several. */
export function onlyBarOf(
  axis: Axis,
  { startTime, endTime }: Pick<Counted, "startTime" | "endTime">,
): number | null {
  const first = barOf(axis, startTime.getTime());
  return first === barOf(axis, endTime.getTime()) ? first : null;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/**
 * Widths of bars. They are those of a chunk's own counts (lib/archive/level-histogram.ts) and some between: each divides the
 * next, so a bar that is at least as wide as a chunk's buckets holds whole buckets.
 */
const widths = [
  ...[1, 5, 10, 50, 100, 500, second, 5 * second, 10 * second, 30 * second],
  ...[minute, 5 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 6 * hour, 12 * hour],
  ...[day, 2 * day, 10 * day, 100 * day, 1_000 * day, 10_000 * day, 100_000 * day, 1_000_000 * day],
];

/** The finest axis from the first to the last moment with at most so many bars, each at least `atLeastMs` wide. */
export function axisFor(first: number, last: number, mostBars: number, atLeastMs: number): Axis {
  const fitting = (width: number) => {
    const start = Math.floor(first / width) * width;
    return { start, widthMs: width, bars: Math.floor((last - start) / width) + 1 };
  };
  const wide = widths.filter((width) => width >= atLeastMs).map(fitting);
  return wide.find(({ bars }) => bars <= mostBars) ?? fitting(widths.at(-1) ?? day);
}

/** Counts per bar, and of what lies outside. */
export class BarCounts {
  readonly bars: { levels: LevelCounts; hot: number; cold: number; missing: boolean; archiving: boolean }[];
  readonly before = noCounts();
  readonly after = noCounts();
  /** Rows that were counted in a bar beside their own, because what they were counted with could not be read again. */
  blurred = 0;
  total = 0;

  constructor(readonly axis: Axis) {
    this.bars = Array.from({ length: axis.bars }, () => {
      return { levels: noCounts(), hot: 0, cold: 0, missing: false, archiving: false };
    });
  }

  add(bar: number, counts: LevelTally | LevelCounts, tier: "hot" | "cold"): void {
    const place = this.bars[bar];
    const levels = place?.levels ?? (bar < 0 ? this.before : this.after);
    for (const level of logLevels) {
      const rows = Number(counts[level]);
      levels[level] += rows;
      this.total += rows;
      if (place) place[tier] += rows;
    }
  }

  mark({ startTime, endTime }: Pick<Counted, "startTime" | "endTime">, what: "missing" | "archiving"): void {
    const from = Math.max(0, barOf(this.axis, startTime.getTime()));
    const to = Math.min(this.axis.bars - 1, barOf(this.axis, endTime.getTime()));
    for (const bar of this.bars.slice(from, to + 1)) bar[what] = true;
  }
}
