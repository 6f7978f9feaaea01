import type { LogLevel } from "../level";
import type { EpisodeOverview } from "../schema";
import { rowsOf } from "./histogram-bars";

/** One SVG path per level: a drawing of hundreds of lines is five elements. */
export type LevelPaths = Record<LogLevel, string>;

/** With fewer buckets than this, each is drawn several times: a minimap of a short log is as dense as that of a long one. */
const leastLines = 160;

export interface MinimapDrawing {
  paths: LevelPaths;
  /** Height of the box the paths are drawn in. */
  lines: number;
}

/**
 * A minimap in a box of `width`. The base tells how fast rows came. Warnings and errors are drawn over it by their share of
 * the rows there: one among thousands shows, a trickle stays thin, and the whole width means that they gather here.
 */
export function minimapDrawing(overview: EpisodeOverview, width: number): MinimapDrawing {
  const paths = emptyPaths();
  const buckets = overview.buckets;
  const repeat = Math.max(1, Math.ceil(leastLines / Math.max(1, buckets.length)));
  const rates = buckets.map((bucket) => {
    const seconds = (Date.parse(bucket.endAt) - Date.parse(bucket.startAt)) / 1000;
    return Math.log1p(rowsOf(bucket.levels) / Math.max(0.001, seconds));
  });
  const fastest = Math.max(...rates, 0.001);
  buckets.forEach((bucket, i) => {
    const all = rowsOf(bucket.levels);
    if (all === 0) return;
    for (let line = i * repeat; line < (i + 1) * repeat; line++) {
      paths.debug += rect(0, line, width * (0.35 + 0.4 * ((rates[i] ?? 0) / fastest)), 0.72);
      for (const level of ["warn", "error", "fatal"] as const) {
        const share = bucket.levels[level] / all;
        if (share > 0) paths[level] += rect(0, line, width * reach(share), 0.72);
      }
    }
  });
  return { paths, lines: Math.max(1, buckets.length * repeat) };
}

/** Every seventh row is as bad as it gets. */
function reach(share: number): number {
  return Math.min(1, Math.max(0.07, (share / 0.15) ** 0.7));
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
