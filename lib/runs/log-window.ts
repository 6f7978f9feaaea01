import type { LogPage, LogRow } from "@/lib/logs/schema";

/** A stretch of a log as a page holds it: rows in ascending sequence, growing at both ends. */
export interface LogWindow {
  rows: LogRow[];
  /** Where reading further back begins; null at the beginning of the log. */
  older: string | null;
  /** Where reading on begins. */
  newer: string;
  /** There was more to read on when it was read last. */
  moreNewer: boolean;
  /** Rows of the whole log, whatever is sought in it. */
  total: string;
  asOf: string;
}

/** Beyond this nobody scrolls; the log explorer is made for it. */
export const mostRows = 20_000;

/** The window that the first page opens: the end of the log, or the rows around one. */
export function windowOf(page: LogPage, direction: "backward" | "around"): LogWindow {
  const settled = settledRows(page);
  return {
    rows: settled.rows,
    older: (direction === "around" ? page.previous : page.next) ?? null,
    newer: direction === "around" ? (page.next ?? settled.end) : settled.end,
    moreNewer: direction === "around" && page.next !== null,
    total: page.nextSequenceNumber,
    asOf: page.asOf,
  };
}

/** What was written before: put in front. */
export function withOlder(window: LogWindow, page: LogPage): LogWindow {
  const known = firstSeq(window.rows);
  const rows = page.rows.filter((row) => known === null || seqOf(row) < known);
  return { ...window, rows: [...rows, ...window.rows], older: page.next, asOf: page.asOf };
}

/** What was written since: appended. Of a log that outgrows the window its oldest rows leave; they can be read again. */
export function withNewer(window: LogWindow, page: LogPage): LogWindow {
  const settled = settledRows(page);
  const known = lastSeq(window.rows);
  const added = settled.rows.filter((row) => known === null || seqOf(row) > known);
  const all = added.length > 0 ? [...window.rows, ...added] : window.rows;
  const rows = all.length > mostRows ? all.slice(all.length - mostRows) : all;
  const first = rows[0];
  const older = rows === all || !first ? window.older : String(seqOf(first) - BigInt(1));
  return {
    rows,
    older,
    newer: page.next ?? settled.end,
    moreNewer: page.next !== null,
    total: page.nextSequenceNumber,
    asOf: page.asOf,
  };
}

/** First number of a row. */
export function seqOf(row: LogRow): bigint {
  return BigInt(row.kind === "entry" ? row.seq : row.from);
}

/** Numbers that are being written right now are left for the next read: a moment later they are rows. */
function settledRows(page: LogPage): { rows: LogRow[]; end: string } {
  const at = page.rows.findIndex((row) => row.kind === "gap" && row.reason === "in_flight");
  const open = at < 0 ? undefined : page.rows[at];
  if (!open) return { rows: page.rows, end: page.nextSequenceNumber };
  return { rows: page.rows.slice(0, at), end: String(seqOf(open)) };
}

function firstSeq(rows: readonly LogRow[]): bigint | null {
  const first = rows[0];
  return first ? seqOf(first) : null;
}

function lastSeq(rows: readonly LogRow[]): bigint | null {
  const last = rows.at(-1);
  return last ? BigInt(last.kind === "entry" ? last.seq : last.to) : null;
}
