import type { TimeWindow } from "../histogram/query-options";
import type { LogHistogram } from "../histogram/schema";
import { type LevelCounts, type LogLevel, logLevels } from "../level";

export type Bar = LogHistogram["bars"][number];

/** One SVG path per level, and one for what the filter by level leaves out: hundreds of bars are six elements. */
export interface BarPaths {
  levels: Record<LogLevel, string>;
  others: string;
}

/** How many rows a box of so many pixels stands for. A single error among thousands of rows still shows 2 px. */
export function barPaths(
  bars: readonly Bar[],
  chosen: readonly LogLevel[],
  { height, pitch, top }: { height: number; pitch: number; top: number },
): BarPaths {
  const paths: BarPaths = { levels: { debug: "", info: "", warn: "", error: "", fatal: "" }, others: "" };
  const most = Math.max(1, ...bars.map((bar) => rowsOf(bar.levels)));
  const isChosen = (level: LogLevel) => chosen.length === 0 || chosen.includes(level);
  // What is looked for stands on the ground, where heights compare; the rest above it.
  const stacked = [...logLevels.filter(isChosen), ...logLevels.filter((level) => !isChosen(level))];
  bars.forEach((bar, index) => {
    let y = height;
    for (const level of stacked) {
      const rows = bar.levels[level];
      if (rows === 0) continue;
      const least = level === "error" || level === "fatal" ? 2 : 1;
      const tall = Math.min(y, Math.max((rows / most) * (height - top), least));
      y -= tall;
      const box = `M${index * pitch} ${short(y)}h${pitch - 1}v${short(tall)}h${1 - pitch}z`;
      if (isChosen(level)) paths.levels[level] += box;
      else paths.others += box;
    }
  });
  return paths;
}

export interface TierRun {
  tier: "cold" | "hot" | "archiving" | "missing" | "none";
  first: number;
  length: number;
}

/**
 * Neighbouring bars whose rows live in the same tier, as one run each. What is lost shows over what is not. A minute without
 * rows is not a place where nothing is stored: it belongs to what is beside it, and only the ends of the axis stay empty.
 */
export function tierRuns(bars: readonly Bar[]): TierRun[] {
  const tiers = bars.map(tierOf);
  const runs: TierRun[] = [];
  tiers.forEach((own, first) => {
    const tier = own === "none" ? tierBeside(tiers, first, runs.at(-1)?.tier) : own;
    const last = runs.at(-1);
    if (last?.tier === tier) last.length += 1;
    else runs.push({ tier, first, length: 1 });
  });
  return runs;
}

function tierBeside(
  tiers: TierRun["tier"][],
  index: number,
  before: TierRun["tier"] | undefined,
): TierRun["tier"] {
  const after = tiers.slice(index).find((tier) => tier !== "none");
  if (before === undefined || before === "none" || after === undefined) return "none";
  return [before, after].find((tier) => tier !== "missing") ?? "none";
}

function tierOf({ hot, cold, missing, archiving }: Bar): TierRun["tier"] {
  if (missing) return "missing";
  if (hot + cold === 0) return "none";
  if (archiving && hot > 0) return "archiving";
  return cold >= hot ? "cold" : "hot";
}

export function rowsOf(levels: LevelCounts): number {
  return logLevels.reduce((sum, level) => sum + levels[level], 0);
}

/** Several neighbouring bars as one. */
export function sumOfBars(bars: readonly Bar[]): Omit<Bar, "start"> {
  const sum = { levels: { debug: 0, info: 0, warn: 0, error: 0, fatal: 0 }, hot: 0, cold: 0 };
  for (const bar of bars) {
    for (const level of logLevels) sum.levels[level] += bar.levels[level];
    sum.hot += bar.hot;
    sum.cold += bar.cold;
  }
  return {
    ...sum,
    missing: bars.some(({ missing }) => missing),
    archiving: bars.some(({ archiving }) => archiving),
  };
}

/**
 * The bars of a shorter stretch, out of those that are there: right, only wider than they could be. Nothing when no bar lies
 * wholly inside.
 */
export function croppedBars(
  histogram: LogHistogram | undefined,
  { since, until }: TimeWindow,
): LogHistogram | undefined {
  if (!histogram || (since === null && until === null)) return undefined;
  const from = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const to = until === null ? Number.POSITIVE_INFINITY : Date.parse(until);
  const bars = histogram.bars.filter(({ start }) => {
    const at = Date.parse(start);
    return at >= from && at + histogram.widthMs <= to;
  });
  return bars.length > 0 ? { ...histogram, bars } : undefined;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
