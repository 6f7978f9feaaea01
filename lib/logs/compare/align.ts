/** A line of two streams side by side: positions in either, null where that side has nothing to set against the other. */
export interface AlignedLine {
  a: number | null;
  b: number | null;
}

/**
 * Two stretches of rows by their templates, as a longest common subsequence: equal templates stand side by side, in the order of
 * both; what only one side says stands alone, A before B. Work and memory are the product of both lengths, so callers bound
 * them.
 */
export function align(a: readonly string[], b: readonly string[]): AlignedLine[] {
  const lines: AlignedLine[] = [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    lines.push({ a: start, b: start });
    start++;
  }
  const common = commonLengths(a, b, start);
  const width = b.length - start + 1;
  const at = (inA: number, inB: number) => common[(inA - start) * width + (inB - start)] ?? 0;
  let [inA, inB] = [start, start];
  while (inA < a.length && inB < b.length) {
    if (a[inA] === b[inB]) lines.push({ a: inA++, b: inB++ });
    else if (at(inA + 1, inB) >= at(inA, inB + 1)) lines.push({ a: inA++, b: null });
    else lines.push({ a: null, b: inB++ });
  }
  while (inA < a.length) lines.push({ a: inA++, b: null });
  while (inB < b.length) lines.push({ a: null, b: inB++ });
  return stretchesInOrder(lines);
}

/** Where both streams go on behind the lines of one window that can no longer change. */
export interface Settled {
  lines: AlignedLine[];
  usedA: number;
  usedB: number;
}

/**
 * The lines of a window up to its last equal rows: what follows them may still meet its like in the next window. All of it when
 * nothing is equal, or when both streams end here.
 */
export function settle(lines: AlignedLine[], ends: boolean): Settled {
  const lastEqual = lines.findLastIndex(({ a, b }) => a !== null && b !== null);
  const kept = ends || lastEqual < 0 ? lines : lines.slice(0, lastEqual + 1);
  return {
    lines: kept,
    usedA: kept.filter(({ a }) => a !== null).length,
    usedB: kept.filter(({ b }) => b !== null).length,
  };
}

/** How many rows are common to what follows two places, for every pair of places behind `start`. */
function commonLengths(a: readonly string[], b: readonly string[], start: number): Uint16Array {
  const [rows, width] = [a.length - start + 1, b.length - start + 1];
  const common = new Uint16Array(rows * width);
  for (let inA = rows - 2; inA >= 0; inA--) {
    for (let inB = width - 2; inB >= 0; inB--) {
      const here = inA * width + inB;
      const below = common[here + width] ?? 0;
      const beside = common[here + 1] ?? 0;
      common[here] =
        a[start + inA] === b[start + inB] ? (common[here + width + 1] ?? 0) + 1 : Math.max(below, beside);
    }
  }
  return common;
}

/** Between equal rows, all of A's own lines stand before B's: two blocks read better than a zip of both. */
export function stretchesInOrder<T extends { a: unknown; b: unknown }>(lines: T[]): T[] {
  const ordered: T[] = [];
  let waiting: T[] = [];
  for (const line of lines) {
    if (line.a !== null && line.b !== null) {
      ordered.push(...waiting, line);
      waiting = [];
    } else if (line.b === null) ordered.push(line);
    else waiting.push(line);
  }
  return [...ordered, ...waiting];
}
