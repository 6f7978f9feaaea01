import type { EpisodeOverview, LogGapRow } from "../schema";
import type { Fold } from "./folds";

/** A range of numbers without a readable row, inclusive. The numbers are dense from 0, so they are always safe integers. */
export interface Gap {
  from: number;
  to: number;
  /** skipped: its rows exist and can be read; they came faster than a screen can show. */
  reason: LogGapRow["reason"] | "skipped";
  chunkNumber: number | null;
  detail: string;
}

export function toGap(row: LogGapRow): Gap {
  const { reason, chunkNumber, detail } = row;
  return { from: Number(row.from), to: Number(row.to), reason, chunkNumber, detail };
}

/** A gap that reading again may fill; it is never taken as settled. */
export function isPassing(gap: Gap): boolean {
  return gap.reason === "in_flight" || gap.reason === "unreadable";
}

/** Reasons that an overview can be taken at its word for, number by number. */
const settled: Record<string, LogGapRow["reason"]> = {
  never_written: "never_written",
  missing: "missing",
  expired: "expired",
};

/**
 * The gaps of an overview that are exact and stay. What it calls damaged may be a whole chunk, most of whose rows can be
 * read: reading finds out which not. And it is seconds old, so what it calls "in flight" may be there by now.
 */
export function settledGaps(overview: EpisodeOverview | undefined): Gap[] {
  return (overview?.gaps ?? []).flatMap(({ from, to, reason }) => {
    const known = settled[reason];
    return known
      ? [{ from: Number(from), to: Number(to), reason: known, chunkNumber: null, detail: "" }]
      : [];
  });
}

/**
 * Sorted and disjoint. Pieces of one gap that touch or overlap become one again (a page cuts a gap at its edges); where two
 * different gaps claim a number, the one that starts first keeps it.
 */
export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const sorted = [...gaps].sort((a, b) => a.from - b.from || b.to - a.to);
  const merged: Gap[] = [];
  for (const gap of sorted) {
    const last = merged.at(-1);
    if (!last || gap.from > last.to + 1) merged.push({ ...gap });
    else if (sameCause(last, gap)) merged[merged.length - 1] = joined(last, gap);
    else if (gap.to > last.to) merged.push({ ...gap, from: last.to + 1 });
  }
  return merged;
}

/** An overview does not say which chunk a gap is in; a page does. Both speak of the same gap. */
function sameCause(a: Gap, b: Gap) {
  return (
    a.reason === b.reason &&
    (a.chunkNumber === b.chunkNumber || a.chunkNumber === null || b.chunkNumber === null)
  );
}

function joined(a: Gap, b: Gap): Gap {
  return {
    ...a,
    to: Math.max(a.to, b.to),
    chunkNumber: a.chunkNumber ?? b.chunkNumber,
    detail: a.detail || b.detail,
  };
}

/** Folds of a live view as lines of the list, beside what is really missing. */
export function foldGaps(folds: readonly Fold[]): Gap[] {
  return folds.map(({ from, to }) => ({ from, to, reason: "skipped", chunkNumber: null, detail: "" }));
}
