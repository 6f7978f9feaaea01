import type { LogRow } from "../schema";
import { type Gap, toGap } from "./gaps";

/** What stands on one line of the list. */
export type RowRef = { kind: "entry"; seq: number } | { kind: "gap"; gap: Gap } | { kind: "seam" };

/**
 * The lines of a list, each of one height: which line holds a sequence number, and what stands on a line. The two are
 * inverse to each other, so a scroll position names exactly one row however many there are.
 */
export interface RowSpace {
  count: number;
  at(index: number): RowRef;
  /** The line of `seq`; a number inside a gap gives the gap's line, one that is not listed the line after it. */
  indexOf(seq: number): number;
  /** The line between archive and live store, when there is one. */
  seam?: number;
}

/**
 * Every number from 0 to `total - 1` in order. A gap takes one line whatever its width, and the seam between the archive
 * and the live store (`firstHot`) takes one of its own; nothing has to be loaded to know where a row stands.
 */
export function streamSpace(options: { total: number; gaps: readonly Gap[]; firstHot: number }): RowSpace {
  const { total, firstHot } = options;
  const gaps = options.gaps
    .filter((gap) => gap.from < total)
    .map((gap) => ({ ...gap, to: Math.min(gap.to, total - 1) }));
  const lines: number[] = [];
  let folded = 0;
  for (const gap of gaps) {
    lines.push(gap.from - folded);
    folded += gap.to - gap.from;
  }

  const lineOf = (seq: number) => {
    const i = lastAtMost(gaps.length, (n) => gaps[n]?.from ?? 0, seq);
    const gap = gaps[i];
    if (!gap) return seq;
    return (lines[i] ?? 0) + Math.max(0, seq - gap.to);
  };
  const rowAt = (line: number): RowRef => {
    const i = lastAtMost(lines.length, (n) => lines[n] ?? 0, line);
    const gap = gaps[i];
    if (!gap) return { kind: "entry", seq: line };
    const past = line - (lines[i] ?? 0);
    return past === 0 ? { kind: "gap", gap } : { kind: "entry", seq: gap.to + past };
  };

  const seam = firstHot > 0 && firstHot < total ? seamLine(gaps, lineOf, firstHot) : null;
  return withSeam({ count: total - folded, at: rowAt, indexOf: lineOf }, seam);
}

/** The rows a filter kept, in ascending order. */
export function hitSpace(rows: readonly LogRow[], firstHot: number): RowSpace {
  const seqOf = (i: number) => firstSeq(rows[i]);
  const lineOf = (seq: number) => {
    const i = lastAtMost(rows.length, seqOf, seq);
    const row = rows[i];
    if (!row) return 0;
    const end = row.kind === "gap" ? Number(row.to) : Number(row.seq);
    return seq <= end ? i : Math.min(i + 1, Math.max(0, rows.length - 1));
  };
  const rowAt = (line: number): RowRef => {
    const row = rows[line];
    if (row?.kind === "gap") return { kind: "gap", gap: toGap(row) };
    return { kind: "entry", seq: firstSeq(row) };
  };
  const hot = lastAtMost(rows.length, seqOf, firstHot - 1) + 1;
  return withSeam(
    { count: rows.length, at: rowAt, indexOf: lineOf },
    hot > 0 && hot < rows.length ? hot : null,
  );
}

/** First sequence number of a line, for a scroll anchor; the seam stands for the row below it. */
export function seqAt(space: RowSpace, index: number): number {
  const ref = space.at(index);
  if (ref.kind === "entry") return ref.seq;
  if (ref.kind === "gap") return ref.gap.from;
  return seqAt(space, index + 1);
}

function withSeam(space: RowSpace, seam: number | null): RowSpace {
  if (seam === null) return space;
  return {
    count: space.count + 1,
    seam,
    at: (index) => {
      if (index === seam) return { kind: "seam" };
      return space.at(index > seam ? index - 1 : index);
    },
    indexOf: (seq) => {
      const line = space.indexOf(seq);
      return line >= seam ? line + 1 : line;
    },
  };
}

/** A gap that reaches over the seam stays whole above it. */
function seamLine(gaps: readonly Gap[], lineOf: (seq: number) => number, firstHot: number): number {
  const inside = gaps.some((gap) => gap.from < firstHot && gap.to >= firstHot);
  return lineOf(firstHot) + (inside ? 1 : 0);
}

function firstSeq(row: LogRow | undefined): number {
  return row ? Number(row.kind === "gap" ? row.from : row.seq) : 0;
}

/** Position of the last of `count` ascending values that is at most `limit`, or -1. */
function lastAtMost(count: number, valueAt: (index: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Lines that are rows between two of them, both included; the seam between the tiers is none. */
export function rowsBetween(space: RowSpace, a: number, b: number): number {
  const first = space.indexOf(Math.min(a, b));
  const last = space.indexOf(Math.max(a, b));
  const overSeam = space.seam !== undefined && space.seam > first && space.seam < last;
  return last - first + (overSeam ? 0 : 1);
}
