import type { LevelTally } from "../batch-figures";
import type { LogQuery } from "./query";

/*
 * What is known of many rows at once, and so whether any of them can be a hit: chunks, their members and blocks of hot rows
 * all record how many rows of each level they hold and their earliest and latest timestamp.
 */

interface Summary {
  levelCounts: LevelTally;
  startTime: Date;
  endTime: Date;
}

/** Why none of the rows can be a hit; null when one may be. */
export function reasonToSkip({ levels, time }: LogQuery, rows: Summary): "level" | "time" | null {
  if (levels.length > 0 && levels.every((level) => rows.levelCounts[level] === 0n)) return "level";
  if (time.from !== null && rows.endTime < new Date(time.from)) return "time";
  if (time.to !== null && rows.startTime >= new Date(time.to)) return "time";
  return null;
}

/** The same as a condition on documents. */
export function mayHoldHits({ levels, time }: LogQuery): object {
  return {
    ...(levels.length > 0 && { $or: levels.map((level) => ({ [`levelCounts.${level}`]: { $gt: 0n } })) }),
    ...(time.from !== null && { endTime: { $gte: new Date(time.from) } }),
    ...(time.to !== null && { startTime: { $lt: new Date(time.to) } }),
  };
}

/** Whether counts and times alone can rule rows out. */
export function skipsByCounts({ levels, time }: LogQuery): boolean {
  return levels.length > 0 || time.from !== null || time.to !== null;
}
