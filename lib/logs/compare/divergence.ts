import type { Divergence } from "./schema";
import type { TemplateRow } from "./template-stream";

/** How far behind a difference the two streams may meet again, and how many equal rows make a meeting. */
const lookAhead = 200;
const meeting = 3;

/** The first rows at which two streams differ by template, among the first `limit` rows of each. */
export async function findDivergence(
  a: AsyncGenerator<TemplateRow>,
  b: AsyncGenerator<TemplateRow>,
  limit: number,
): Promise<Divergence> {
  try {
    let equalRows = 0;
    for (; equalRows < limit; equalRows++) {
      const [inA, inB] = await Promise.all([a.next(), b.next()]);
      const [rowA, rowB] = [inA.done ? null : inA.value, inB.done ? null : inB.value];
      if (rowA === null && rowB === null) return { kind: "same", equalRows, a: null, b: null, rejoins: null };
      if (rowA === null || rowB === null)
        return { kind: "ended", equalRows, a: rowA, b: rowB, rejoins: null };
      if (rowA.template === rowB.template) continue;
      const [aheadA, aheadB] = await Promise.all([take(a, lookAhead), take(b, lookAhead)]);
      const rejoins = firstMeeting([rowA, ...aheadA], [rowB, ...aheadB]);
      return { kind: "differs", equalRows, a: rowA, b: rowB, rejoins };
    }
    return { kind: "not_reached", equalRows, a: null, b: null, rejoins: null };
  } finally {
    await Promise.all([a.return(undefined), b.return(undefined)]);
  }
}

async function take(rows: AsyncGenerator<TemplateRow>, count: number): Promise<TemplateRow[]> {
  const taken: TemplateRow[] = [];
  while (taken.length < count) {
    const { done, value } = await rows.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

/** The nearest place, by rows left out on both sides together, from which on some rows are equal. */
function firstMeeting(a: TemplateRow[], b: TemplateRow[]): Divergence["rejoins"] {
  for (let leftOut = 1; leftOut < a.length + b.length; leftOut++) {
    for (let inA = Math.max(0, leftOut - b.length + 1); inA <= Math.min(leftOut, a.length - 1); inA++) {
      const [rowA, rowB] = [a[inA], b[leftOut - inA]];
      if (rowA && rowB && meets(a, inA, b, leftOut - inA)) return { a: rowA.sequence, b: rowB.sequence };
    }
  }
  return null;
}

/** Rows that are equal up to an end of what was looked at meet as well. */
function meets(a: TemplateRow[], inA: number, b: TemplateRow[], inB: number): boolean {
  const rows = Math.min(meeting, a.length - inA, b.length - inB);
  for (let row = 0; row < rows; row++) {
    if (a[inA + row]?.template !== b[inB + row]?.template) return false;
  }
  return rows > 0;
}
