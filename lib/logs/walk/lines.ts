import type { Span } from "../spans";

/** Whole lines, each with its line end. */
export interface Lines {
  bytes: Buffer;
  rows: number;
  first: bigint;
  last: bigint;
}

const lineEnd = 0x0a;
/** How every line of the archive begins (entry-line.ts). */
const numberAt = '{"sequenceNumber":'.length;

/**
 * The lines of an unpacked member that lie in `span`, in runs without a hole between them. A member that is wanted whole and
 * has a line for each of its numbers is one run, found by counting: no line of it is looked at.
 */
export function runsOf(bytes: Buffer, member: Span, span: Span): Lines[] {
  const numbers = member.to - member.from + 1n;
  const whole = span.from <= member.from && span.to >= member.to;
  if (whole && BigInt(countLines(bytes)) === numbers) {
    return [{ bytes, rows: Number(numbers), first: member.from, last: member.to }];
  }
  const runs: Lines[] = [];
  let run: (Omit<Lines, "bytes"> & { start: number; end: number }) | null = null;
  const close = () => {
    if (run) {
      const { start, end, ...numbered } = run;
      runs.push({ ...numbered, bytes: bytes.subarray(start, end) });
    }
    run = null;
  };
  eachLine(bytes, (start, end) => {
    const seq = numberOf(bytes, start);
    if (run && seq !== run.last + 1n) close();
    if (seq < span.from || seq > span.to) return;
    run ??= { start, end, first: seq, last: seq, rows: 0 };
    run.end = end + 1;
    run.last = seq;
    run.rows++;
  });
  close();
  return runs;
}

export function textLines(bytes: Buffer): string[] {
  const lines = bytes.toString("utf8").split("\n");
  lines.pop();
  return lines;
}

/** Where each line starts and where its line end stands. */
export function eachLine(bytes: Buffer, visit: (start: number, end: number) => void): void {
  let start = 0;
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, start)) {
    visit(start, at);
    start = at + 1;
  }
}

function countLines(bytes: Buffer): number {
  let count = 0;
  eachLine(bytes, () => count++);
  return count;
}

function numberOf(bytes: Buffer, lineStart: number): bigint {
  const from = lineStart + numberAt;
  return BigInt(bytes.toString("latin1", from, bytes.indexOf(",", from)));
}
