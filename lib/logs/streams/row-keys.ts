import type { LogRow } from "../schema";
import { latestBelieved } from "./place";

/*
 * Where the rows of a stream stand among those of others. Within its stream a row keeps its place whatever its timestamp says,
 * so it stands at the latest time that any row up to it bears (its key): a row that came late stands behind the rows it came
 * after. One timestamp of the far future must not take the whole rest of its stream with it, so times beyond the believed
 * are passed over, as long as the stream has any other.
 */

/** What is taken for a time in one stream. */
export interface Belief {
  /** No row of the stream stands before its earliest timestamp. */
  floor: number;
  limit: number;
}

export function beliefOf(firstLogAt: Date, now: Date): Belief {
  const floor = firstLogAt.getTime();
  const limit = latestBelieved(now);
  return { floor, limit: floor > limit ? Number.POSITIVE_INFINITY : limit };
}

/** Rows of a block with the keys they stand at. `seed` is the latest time of all blocks before it. */
export function withKeys(rows: LogRow[], seed: number, { limit }: Belief): { key: number; row: LogRow }[] {
  let key = seed;
  return rows.map((row) => {
    if (row.kind === "entry") {
      const at = Date.parse(row.at);
      if (at <= limit && at > key) key = at;
    }
    return { key, row };
  });
}

/** The latest believed time of rows that a summary describes; "mixed" when only the rows themselves can tell. */
export function latestOf(
  { startTime, endTime }: { startTime: Date; endTime: Date },
  { limit }: Belief,
): number | "mixed" {
  if (endTime.getTime() <= limit) return endTime.getTime();
  return startTime.getTime() > limit ? Number.NEGATIVE_INFINITY : "mixed";
}

export function latestAmong(rows: LogRow[], { limit }: Belief): number {
  const times = rows.flatMap((row) => (row.kind === "entry" ? [Date.parse(row.at)] : []));
  return Math.max(Number.NEGATIVE_INFINITY, ...times.filter((at) => at <= limit));
}
