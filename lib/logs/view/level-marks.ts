import { type LevelCounts, type LogLevel, logLevels } from "../level";
import type { EpisodeOverview } from "../schema";
import type { TimeBins } from "./time-bins";
import { rows } from "./time-bins";

/** One SVG path per level: a drawing of hundreds of bars is five elements. */
export type LevelPaths = Record<LogLevel, string>;

const stacked: readonly LogLevel[] = logLevels;

/** Bars of a histogram in a box of `pitch * bins` by `height`. A single error among thousands of rows still shows 2 px. */
export function histogramPaths(binned: TimeBins, height: number, pitch: number): LevelPaths {
  const paths = emptyPaths();
  const scale = binned.most > 0 ? (height - 4) / binned.most : 0;
  binned.bins.forEach((bin, i) => {
    let y = height;
    for (const level of stacked) {
      const count = bin.levels[level];
      if (count <= 0) continue;
      const tall = Math.min(y, Math.max(count * scale, level === "error" || level === "fatal" ? 2 : 1));
      y -= tall;
      paths[level] += rect(i * pitch, y, pitch - 1, tall);
    }
  });
  return paths;
}

/**
 * Lines of a minimap in a box of `width` by the number of buckets. The base tells how fast rows came; warnings and errors
 * are drawn over it by their share, on a root scale, so that one error in fifty thousand rows can be seen.
 */
export function minimapPaths(overview: EpisodeOverview, width: number): LevelPaths {
  const paths = emptyPaths();
  const rates = overview.buckets.map((bucket) => {
    const seconds = (Date.parse(bucket.endAt) - Date.parse(bucket.startAt)) / 1000;
    return Math.log1p(rows(bucket.levels) / Math.max(0.001, seconds));
  });
  const fastest = Math.max(...rates, 0.001);
  overview.buckets.forEach((bucket, i) => {
    const all = rows(bucket.levels);
    if (all === 0) return;
    const base = width * (0.35 + 0.4 * ((rates[i] ?? 0) / fastest));
    paths[mostOf(bucket.levels)] += rect(0, i, base, 0.72);
    for (const level of ["warn", "error", "fatal"] as const) {
      const count = bucket.levels[level];
      if (count > 0) paths[level] += rect(0, i, width * Math.max(0.22, Math.sqrt(count / all)), 0.72);
    }
  });
  return paths;
}

function mostOf(levels: LevelCounts): LogLevel {
  return levels.debug >= levels.info ? "debug" : "info";
}

function emptyPaths(): LevelPaths {
  return { debug: "", info: "", warn: "", error: "", fatal: "" };
}

function rect(x: number, y: number, width: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
