/** A line of two streams side by side: positions in either, null where that side has nothing to set against the other. */
export interface AlignedLine {
  a: number | null;
  b: number | null;
}

/** What equal rows side by side are worth, in rows that stand alone before them: a meeting farther off is taken for chance. */
const worth = 16;

/**
 * Two stretches of rows by their templates, set so that most are equal with fewest alone before the last equal ones. Those at the
 * end cost nothing: they may meet their like in what follows. What only one side says stands alone, A before B. Work and memory
 * are the product of both lengths, so callers bound them.
 */
export function align(a: readonly string[], b: readonly string[]): AlignedLine[] {
  const lines: AlignedLine[] = [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    lines.push({ a: start, b: start });
    start++;
  }
  const scores = scoresBehind(a, b, start);
  const width = b.length - start + 1;
  const score = (inA: number, inB: number) => scores[(inA - start) * width + (inB - start)] ?? 0;
  let [inA, inB] = [start, start];
  while (score(inA, inB) > 0) {
    const here = score(inA, inB);
    if (a[inA] === b[inB] && here === score(inA + 1, inB + 1) + worth) lines.push({ a: inA++, b: inB++ });
    else if (here === score(inA + 1, inB) - 1) lines.push({ a: inA++, b: null });
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

/** The best that can be made of what follows two places, for every pair of places behind `start`; 0 where nothing meets. */
function scoresBehind(a: readonly string[], b: readonly string[], start: number): Int32Array {
  const [rows, width] = [a.length - start + 1, b.length - start + 1];
  const scores = new Int32Array(rows * width);
  for (let inA = rows - 2; inA >= 0; inA--) {
    for (let inB = width - 2; inB >= 0; inB--) {
      const here = inA * width + inB;
      const equal = a[start + inA] === b[start + inB] ? (scores[here + width + 1] ?? 0) + worth : 0;
      const alone = Math.max(scores[here + width] ?? 0, scores[here + 1] ?? 0) - 1;
      scores[here] = Math.max(0, equal, alone);
    }
  }
  return scores;
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
