import type { LogRow } from "../schema";

export type Direction = "forward" | "backward";

/** hit: there; none: no row there is one; unknown: nobody has looked there yet. */
export type NextFind = { kind: "hit"; seq: number } | { kind: "none" } | { kind: "unknown" };

interface Place {
  from: number;
  direction: Direction;
  /** Everything from here to the end has been looked at. */
  backTo: number;
}

/** The hit next to a row, where those found so far can say. `hits` ascend. */
export function nextFind(hits: readonly number[], { from, direction, backTo }: Place): NextFind {
  if (direction === "forward") {
    // Rows between this one and the oldest that was looked at may hold one that nobody has seen.
    if (from + 1 < backTo) return { kind: "unknown" };
    const seq = hits.find((hit) => hit > from);
    return seq === undefined ? { kind: "none" } : { kind: "hit", seq };
  }
  const seq = hits.findLast((hit) => hit < from);
  if (seq !== undefined) return { kind: "hit", seq };
  return backTo === 0 ? { kind: "none" } : { kind: "unknown" };
}

export function seqsOf(rows: readonly LogRow[]): number[] {
  return rows.flatMap((row) => (row.kind === "entry" ? [Number(row.seq)] : []));
}
