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

/** Figures per block of sequence numbers. */
export function figuresByBlock(entries: LogEntry[]): Map<number, Figures> {
  const blocks = new Map<number, Figures>();
  for (const entry of entries) {
    const block = Number(entry.sequenceNumber / blockSize);
    let figures = blocks.get(block);
    if (!figures) {
      figures = noFigures();
      blocks.set(block, figures);
    }
    add(figures, {
      count: 1n,
      bytes: BigInt(documentSize(entry)),
      levels: { ...noTally(), [entry.level]: 1n },
      firstAt: entry.timestamp,
      lastAt: entry.timestamp,
    });
  }
  return blocks;
}

export function sumOf(parts: Iterable<Figures>): Figures {
  const total = noFigures();
  for (const part of parts) add(total, part);
  return total;
}

function add(total: Figures, part: Figures): void {
  total.count += part.count;
  total.bytes += part.bytes;
  for (const level of logLevels) total.levels[level] += part.levels[level];
  if (part.firstAt < total.firstAt) total.firstAt = part.firstAt;
  if (part.lastAt > total.lastAt) total.lastAt = part.lastAt;
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
