import { type LogLevel, logLevels } from "../level";

/** What was counted by looking at every row of one tier. */
export interface Tally {
  count: number;
  levels: Record<LogLevel, number>;
  firstAt: number;
  lastAt: number;
  /** Rows and levels per block of sequence numbers. */
  blocks: Map<number, Record<LogLevel, number>>;
}

export function newTally(): Tally {
  return { count: 0, levels: noLevels(), firstAt: Infinity, lastAt: -Infinity, blocks: new Map() };
}

export function tallyRow(
  tally: Tally,
  row: { seq: bigint; level: LogLevel; at: Date },
  blockSize: bigint,
): void {
  const time = row.at.getTime();
  tally.count++;
  tally.levels[row.level]++;
  tally.firstAt = Math.min(tally.firstAt, time);
  tally.lastAt = Math.max(tally.lastAt, time);
  const block = Number(row.seq / blockSize);
  const levels = tally.blocks.get(block) ?? noLevels();
  levels[row.level]++;
  tally.blocks.set(block, levels);
}

export function addTally(total: Tally, part: Tally): void {
  total.count += part.count;
  total.firstAt = Math.min(total.firstAt, part.firstAt);
  total.lastAt = Math.max(total.lastAt, part.lastAt);
  for (const level of logLevels) total.levels[level] += part.levels[level];
  for (const [block, levels] of part.blocks) {
    const sum = total.blocks.get(block) ?? noLevels();
    for (const level of logLevels) sum[level] += levels[level];
    total.blocks.set(block, sum);
  }
}

export function noLevels(): Record<LogLevel, number> {
  return { debug: 0, info: 0, warn: 0, error: 0, fatal: 0 };
}
