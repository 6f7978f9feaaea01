import type { LogGapRow, LogRow } from "../schema";

/*
 * Rows of a search come newest first and are listed ascending. A request that goes on after one that broke off begins
 * where that one last said it was, and so may tell rows again.
 */

/** `known` with what a search found behind it, newest first, in front. */
export function mergedRows(known: readonly LogRow[], found: readonly LogRow[]): readonly LogRow[] {
  const merged: LogRow[] = [];
  let lowest = known[0] ? firstOf(known[0]) : Number.POSITIVE_INFINITY;
  for (const row of found) {
    if (firstOf(row) >= lowest) continue;
    const whole = joined(row, merged.at(-1));
    if (whole) merged[merged.length - 1] = whole;
    else merged.push(row);
    lowest = firstOf(row);
  }
  const [oldest] = known;
  const newest = merged[0];
  const whole = newest && oldest && joined(newest, oldest);
  if (whole) return [...merged.slice(1).reverse(), whole, ...known.slice(1)];
  return [...merged.reverse(), ...known];
}

/** `known` with what a tail told behind it. */
export function afterTail(known: readonly LogRow[], told: readonly LogRow[]): readonly LogRow[] {
  const last = known.at(-1);
  const highest = last ? lastOf(last) : -1;
  const fresh = told.filter((row) => firstOf(row) > highest);
  return fresh.length > 0 ? [...known, ...fresh] : known;
}

/** Members that lie side by side in one damaged chunk are one hole. */
function joined(older: LogRow, newer: LogRow | undefined): LogGapRow | null {
  if (older.kind !== "gap" || newer?.kind !== "gap") return null;
  const one = older.reason === newer.reason && older.chunkNumber === newer.chunkNumber;
  return one && lastOf(older) + 1 >= firstOf(newer) ? { ...older, to: newer.to } : null;
}

function firstOf(row: LogRow): number {
  return Number(row.kind === "gap" ? row.from : row.seq);
}

function lastOf(row: LogRow): number {
  return Number(row.kind === "gap" ? row.to : row.seq);
}
