import type { LogEntryRow, LogPage } from "../schema";
import { type Gap, isPassing, toGap } from "./gaps";

/** Pages start at multiples of this, so that a row is in the same page however one came to it; 1,000 is a member of a chunk. */
export const pageRows = 250;

/** The rows of one aligned page, in their places. Plain JSON: the server sends the first one with the page. */
export interface RowPage {
  number: number;
  /** Position = sequence number - first; null where no row is (a gap, or not written yet). */
  entries: (LogEntryRow | null)[];
  gaps: Gap[];
  /** Everything up to here has been read; first - 1 when nothing has. */
  readTo: number;
}

export const pageOf = (seq: number) => Math.floor(seq / pageRows);
export const firstOf = (page: number) => page * pageRows;
export const lastOf = (page: number) => page * pageRows + pageRows - 1;

export function emptyPage(number: number): RowPage {
  return { number, entries: Array(pageRows).fill(null), gaps: [], readTo: firstOf(number) - 1 };
}

export function entryIn(page: RowPage, seq: number): LogEntryRow | null {
  return page.entries[seq - firstOf(page.number)] ?? null;
}

/** Where reading goes on: at the first gap that may be filled by now, else behind what is known. Null: the page is full. */
export function resumeAt(page: RowPage): number | null {
  const passing = page.gaps.find(isPassing);
  if (passing) return Math.max(passing.from, firstOf(page.number));
  return page.readTo < lastOf(page.number) ? page.readTo + 1 : null;
}

/** The page with an answer to "rows from `from` on" put into it. What was known behind `from` is replaced. */
export function filled(
  page: RowPage,
  from: number,
  answer: Pick<LogPage, "rows" | "next" | "nextSequenceNumber">,
): RowPage {
  const first = firstOf(page.number);
  const last = lastOf(page.number);
  const entries = page.entries.map((entry, i) => (first + i < from ? entry : null));
  const gaps = page.gaps.filter((gap) => gap.from < from);
  for (const row of answer.rows) {
    if (row.kind === "gap") {
      if (Number(row.from) <= last) gaps.push(toGap(row));
    } else if (Number(row.seq) >= first && Number(row.seq) <= last) {
      entries[Number(row.seq) - first] = row;
    }
  }
  const answered = answer.next === null ? Number(answer.nextSequenceNumber) : Number(answer.next);
  return { number: page.number, entries, gaps, readTo: Math.max(first - 1, Math.min(last, answered - 1)) };
}

/**
 * Reads what a page still lacks. Stops at the end of the stream and at a gap that is still there, so it never asks the same
 * question twice.
 */
export async function readRows(known: RowPage, read: (from: number) => Promise<LogPage>): Promise<RowPage> {
  let page = known;
  let from = resumeAt(page);
  while (from !== null) {
    const answer = await read(from);
    page = filled(page, from, answer);
    const behind = page.readTo + 1;
    from = answer.next !== null && behind > from && behind <= lastOf(page.number) ? behind : null;
  }
  return page;
}

/** Numbers that exist and are not in the page yet. */
export function isBehind(page: RowPage, total: number): boolean {
  return page.readTo < Math.min(lastOf(page.number), total - 1);
}

export function pagesFor(seqs: Iterable<number>): number[] {
  return [...new Set([...seqs].map(pageOf))].sort((a, b) => a - b);
}
