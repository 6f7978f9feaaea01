import type { LogEntryRow, LogGapRow, LogRow } from "./schema";

/** Sequence numbers from … to, both included. */
export interface Span {
  from: bigint;
  to: bigint;
}

export interface Gap extends Span {
  reason: LogGapRow["reason"];
  chunkNumber: number | null;
  detail: string;
}

export function overlap(a: Span, b: Span): Span | null {
  const from = larger(a.from, b.from);
  const to = smaller(a.to, b.to);
  return from <= to ? { from, to } : null;
}

/** The parts of `whole` that none of the ascending numbers covers. */
export function missingIn(whole: Span, present: Iterable<bigint>): Span[] {
  const missing: Span[] = [];
  let next = whole.from;
  for (const number of present) {
    if (number > next) missing.push({ from: next, to: number - 1n });
    next = number + 1n;
  }
  if (next <= whole.to) missing.push({ from: next, to: whole.to });
  return missing;
}

/** The parts of `whole` that no span covers. */
export function withoutSpans(whole: Span, covered: Span[]): Span[] {
  const rest: Span[] = [];
  let next = whole.from;
  for (const span of [...covered].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (span.from > next) rest.push({ from: next, to: smaller(span.from - 1n, whole.to) });
    if (span.to >= next) next = span.to + 1n;
    if (next > whole.to) break;
  }
  if (next <= whole.to) rest.push({ from: next, to: whole.to });
  return rest;
}

/** Rows and gaps in the order of their numbers; gaps that touch and mean the same become one. */
export function mergeRows(entries: LogEntryRow[], gaps: Gap[]): LogRow[] {
  const rows = [
    ...entries.map((row) => ({ from: BigInt(row.seq), row })),
    ...joinGaps(gaps).map((gap) => ({ from: gap.from, row: toGapRow(gap) })),
  ];
  return rows.sort((a, b) => (a.from < b.from ? -1 : 1)).map(({ row }) => row);
}

export function toGapRow({ from, to, reason, chunkNumber, detail }: Gap): LogGapRow {
  return { kind: "gap", from: from.toString(), to: to.toString(), reason, chunkNumber, detail };
}

function joinGaps(gaps: Gap[]): Gap[] {
  const joined: Gap[] = [];
  for (const gap of [...gaps].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1);
    const same =
      last && last.to + 1n === gap.from && last.reason === gap.reason && last.chunkNumber === gap.chunkNumber;
    if (same) last.to = gap.to;
    else joined.push({ ...gap });
  }
  return joined;
}

export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
