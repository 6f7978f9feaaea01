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
  let run: { start: number; first: bigint; last: bigint; rows: number } | null = null;
  const close = (end: number) => {
    if (run)
      runs.push({ bytes: bytes.subarray(run.start, end), rows: run.rows, first: run.first, last: run.last });
    run = null;
  };
  for (const { start, end } of linesOf(bytes)) {
    const seq = numberOf(bytes, start);
    const wanted = seq >= span.from && seq <= span.to;
    if (!wanted || (run && seq !== run.last + 1n)) close(start);
    if (!wanted) continue;
    if (run) {
      run.last = seq;
      run.rows++;
    } else run = { start, first: seq, last: seq, rows: 1 };
    if (end === bytes.length) close(end);
  }
  return runs;
}

export function textLines(bytes: Buffer): string[] {
  const lines = bytes.toString("utf8").split("\n");
  lines.pop();
  return lines;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) count++;
  return count;
}

/** Where each line starts, and where the next one does. */
function* linesOf(bytes: Buffer): Generator<{ start: number; end: number }> {
  let start = 0;
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, start)) {
    yield { start, end: at + 1 };
    start = at + 1;
  }
}

function numberOf(bytes: Buffer, lineStart: number): bigint {
  const from = lineStart + numberAt;
  return BigInt(bytes.toString("latin1", from, bytes.indexOf(",", from)));
}
