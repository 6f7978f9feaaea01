import type { NodeHistory } from "./history-schema";

/** A run counts as slower than usual only when as many in a row agree, itself included. */
const agreeing = 3;
/** Runs that say what is usual; with fewer, every figure is chance. */
const fewestUsual = 5;
/** Of a node that always takes the same time nine of ten are within a hair; a tenth over the median is worth a word. */
const leastSlowdown = 1.1;

/** Figures of the durations of one node, newest run first. */
export function durationFigures(newestFirst: readonly number[]): NodeHistory | null {
  if (newestFirst.length === 0) return null;
  const ascending = [...newestFirst].sort((a, b) => a - b);
  return {
    runs: newestFirst.length,
    p50Ms: percentile(ascending, 0.5),
    p90Ms: percentile(ascending, 0.9),
    slowAboveMs: slowAbove(newestFirst),
  };
}

/**
 * The last runs are judged by those before them: were they in their own measure, three slow ones in a row would raise it and
 * hide themselves.
 */
function slowAbove(newestFirst: readonly number[]): number | null {
  const last = newestFirst.slice(0, agreeing - 1);
  const usual = newestFirst.slice(agreeing - 1).sort((a, b) => a - b);
  if (usual.length < fewestUsual) return null;
  const measure = Math.max(percentile(usual, 0.9), percentile(usual, 0.5) * leastSlowdown);
  return last.every((durationMs) => durationMs > measure) ? measure : null;
}

/** The smallest value that as large a share does not exceed. */
function percentile(ascending: readonly number[], share: number): number {
  const at = Math.max(0, Math.ceil(ascending.length * share) - 1);
  return ascending[at] ?? 0;
}
