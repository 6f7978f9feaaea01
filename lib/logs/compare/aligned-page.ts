import type { LogPage, LogRow } from "../schema";
import { type AlignedLine, align, settle, stretchesInOrder } from "./align";
import type { TemplateKey } from "./template-keys";

/** A row number in either stream. */
export interface Places {
  a: number;
  b: number;
}

/** A line of two panes: what either shows there, null for a hole. */
export interface PairedLine {
  a: LogRow | null;
  b: LogRow | null;
}

export interface AlignedPage {
  lines: PairedLine[];
  /** The rows before the first line, where reading backward goes on; null at both beginnings. */
  before: Places | null;
  /** The rows behind the last line; null at both ends. */
  after: Places | null;
}

export type ReadRows = (
  side: "a" | "b",
  from: number,
  direction: "forward" | "backward",
  limit: number,
) => Promise<LogPage>;

/** Rows of either stream that are set against each other at once, and how many when nothing in them is equal. */
export const usualWindow = 300;
const largeWindow = 1_000;

/** The lines from two rows on, or up to them, as far as they can no longer change by what comes next. */
export async function readAligned(
  read: ReadRows,
  keyOf: TemplateKey,
  places: Places,
  direction: "forward" | "backward",
  size = usualWindow,
): Promise<AlignedPage> {
  const [a, b] = await Promise.all([
    readSide(read, "a", places.a, direction, size),
    readSide(read, "b", places.b, direction, size),
  ]);
  const lines = align(keysOf(a.rows, keyOf), keysOf(b.rows, keyOf));
  const ends = a.ended && b.ended;
  if (!ends && size < largeWindow && lines.every((line) => line.a === null || line.b === null)) {
    return readAligned(read, keyOf, places, direction, largeWindow);
  }
  const settled = settle(lines, ends);
  const paired = settled.lines.map((line) => toPaired(line, a.rows, b.rows));
  const next = {
    a: behind(a.rows, settled.usedA, places.a, direction),
    b: behind(b.rows, settled.usedB, places.b, direction),
  };
  const done = ends && settled.usedA === a.rows.length && settled.usedB === b.rows.length;
  return direction === "forward"
    ? { lines: paired, before: null, after: done ? null : next }
    : { lines: stretchesInOrder(paired.reverse()), before: done ? null : next, after: null };
}

/** In reading direction: nearest to the asked place first. */
async function readSide(
  read: ReadRows,
  side: "a" | "b",
  from: number,
  direction: "forward" | "backward",
  limit: number,
): Promise<{ rows: LogRow[]; ended: boolean }> {
  if (from < 0) return { rows: [], ended: true };
  const page = await read(side, from, direction, limit);
  return {
    rows: direction === "forward" ? page.rows : [...page.rows].reverse(),
    ended: page.next === null,
  };
}

function keysOf(rows: LogRow[], keyOf: TemplateKey): string[] {
  // A gap says nothing, so it is like no row of the other side and like no other gap.
  return rows.map((row) => (row.kind === "gap" ? `\0${row.from}` : keyOf(row.message)));
}

function toPaired(line: AlignedLine, a: LogRow[], b: LogRow[]): PairedLine {
  return {
    a: line.a === null ? null : (a[line.a] ?? null),
    b: line.b === null ? null : (b[line.b] ?? null),
  };
}

function behind(rows: LogRow[], used: number, from: number, direction: "forward" | "backward"): number {
  const last = rows[used - 1];
  if (!last) return from;
  if (direction === "forward") return lastNumber(last) + 1;
  return Number(last.kind === "gap" ? last.from : last.seq) - 1;
}

/** Lines that are not the same on both sides. */
export const differs = ({ a, b }: PairedLine) => a === null || b === null;

/** Names a line by the rows it shows, wherever it stands among those that were read so far. */
export const lineKey = ({ a, b }: PairedLine) => `${a ? lastNumber(a) : ""}.${b ? lastNumber(b) : ""}`;

/** The line at which two places of the streams stand: the first that has a row of either, or of what follows it. */
export function lineAt(lines: readonly PairedLine[], places: Places): number {
  const found = lines.findIndex(
    ({ a, b }) => (a && lastNumber(a) >= places.a) || (b && lastNumber(b) >= places.b),
  );
  return found < 0 ? Math.max(0, lines.length - 1) : found;
}

/** The first line of the next stretch of differences behind a line, or of the one before it; null where none was read. */
export function nextDifference(
  lines: readonly PairedLine[],
  from: number,
  direction: "next" | "previous",
): number | null {
  const starts = (index: number) => {
    const [line, before] = [lines[index], lines[index - 1]];
    return line !== undefined && differs(line) && (before === undefined || !differs(before));
  };
  if (direction === "next") {
    for (let index = from + 1; index < lines.length; index++) if (starts(index)) return index;
  } else {
    for (let index = from - 1; index >= 0; index--) if (starts(index)) return index;
  }
  return null;
}

const lastNumber = (row: LogRow) => Number(row.kind === "gap" ? row.to : row.seq);
