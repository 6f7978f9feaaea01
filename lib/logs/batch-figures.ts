import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { documentSize } from "@/lib/mongo/document-size";
import { type LogLevel, logLevels } from "./level";

export type LevelTally = Record<LogLevel, bigint>;

/** What a set of entries adds to the counters of its episode. */
export interface Figures {
  count: bigint;
  bytes: bigint;
  levels: LevelTally;
  firstAt: Date;
  lastAt: Date;
}

/** Sequence numbers per block of counts: fine enough for a minimap of a small episode, few enough for one of millions. */
export const blockSize = 200n;

/** Figures per block of sequence numbers. Runs for every row of every batch, so it counts in numbers. */
export function figuresByBlock(entries: LogEntry[]): Map<number, Figures> {
  const tallies = new Map<number, Tally>();
  for (const entry of entries) {
    const block = Number(entry.sequenceNumber / blockSize);
    let tally = tallies.get(block);
    if (!tally) {
      tally = {
        count: 0,
        bytes: 0,
        levels: zeroes(),
        firstMs: Number.POSITIVE_INFINITY,
        lastMs: Number.NEGATIVE_INFINITY,
      };
      tallies.set(block, tally);
    }
    const ms = entry.timestamp.getTime();
    tally.count++;
    tally.bytes += documentSize(entry);
    tally.levels[entry.level]++;
    if (ms < tally.firstMs) tally.firstMs = ms;
    if (ms > tally.lastMs) tally.lastMs = ms;
  }
  return new Map(Array.from(tallies, ([block, tally]) => [block, figuresOf(tally)]));
}

interface Tally {
  count: number;
  bytes: number;
  levels: Record<LogLevel, number>;
  firstMs: number;
  lastMs: number;
}

function figuresOf({ count, bytes, levels, firstMs, lastMs }: Tally): Figures {
  const tally = noTally();
  for (const level of logLevels) tally[level] = BigInt(levels[level]);
  return {
    count: BigInt(count),
    bytes: BigInt(bytes),
    levels: tally,
    firstAt: new Date(firstMs),
    lastAt: new Date(lastMs),
  };
}

const zeroes = (): Tally["levels"] => ({ debug: 0, info: 0, warn: 0, error: 0, fatal: 0 });

export function sumOf(parts: Iterable<Figures>): Figures {
  const total = noFigures();
  for (const part of parts) {
    total.count += part.count;
    total.bytes += part.bytes;
    for (const level of logLevels) total.levels[level] += part.levels[level];
    if (part.firstAt < total.firstAt) total.firstAt = part.firstAt;
    if (part.lastAt > total.lastAt) total.lastAt = part.lastAt;
  }
  return total;
}

function noFigures(): Figures {
  return { count: 0n, bytes: 0n, levels: noTally(), firstAt: new Date(8.64e15), lastAt: new Date(-8.64e15) };
}

export function noTally(): LevelTally {
  return { debug: 0n, info: 0n, warn: 0n, error: 0n, fatal: 0n };
}

/** `$inc` of the levels that occur, under a field path. */
export function levelIncrements(path: string, levels: LevelTally): Record<string, bigint> {
  return Object.fromEntries(
    logLevels.filter((level) => levels[level] > 0n).map((level) => [`${path}.${level}`, levels[level]]),
  );
}
