import { expect, test } from "vitest";
import type { ChunkState, StripCell } from "./schema";
import { countCells, foldCells, withHoles } from "./strip-cells";

const chunk = (
  chunkNumber: number,
  from: number,
  to: number,
  state: ChunkState = "verified",
  neverWritten = 0,
) => ({
  kind: "chunk" as const,
  chunkNumber,
  from,
  to,
  rows: to - from + 1 - neverWritten,
  state,
  neverWritten,
});
const hundred = (count: number): StripCell[] =>
  Array.from({ length: count }, (_, n) => chunk(n, n * 100, n * 100 + 99));

test("a range of the archive that stands in no chunk is a hole: before, between and behind the chunks", () => {
  const cells = withHoles([chunk(1, 100, 199), chunk(3, 300, 399)], 499);
  expect(cells.filter(({ kind }) => kind === "hole")).toEqual([
    { kind: "hole", from: 0, to: 99 },
    { kind: "hole", from: 200, to: 299 },
    { kind: "hole", from: 400, to: 499 },
  ]);
});

test("chunks that abut up to the end of the archive have no hole, nor do those that overlap", () => {
  expect(withHoles([chunk(0, 0, 99), chunk(1, 50, 199)], 199)).toHaveLength(2);
});

test("where the end of the archive is not known, none is missing behind the last chunk", () => {
  expect(withHoles([chunk(0, 0, 99)], null)).toHaveLength(1);
});

test("a short strip is not folded, a long one into equal groups that keep every cell in its order", () => {
  expect(foldCells(hundred(240), 240)).toHaveLength(240);
  const folded = foldCells(hundred(2_001), 240);
  expect(folded.length).toBeLessThanOrEqual(240);
  expect(folded.flatMap(({ cells }) => cells)).toEqual(hundred(2_001));
  expect(new Set(folded.slice(0, -1).map(({ cells }) => cells.length)).size).toBe(1);
});

test("a group is what its worst cell is, so that folding hides no damage", () => {
  const cells = hundred(480)
    .with(301, chunk(301, 30_100, 30_199, "damaged"))
    .with(7, chunk(7, 700, 799, "overdue"));
  const folded = foldCells(cells, 240);
  expect(folded[150]?.state).toBe("damaged");
  expect(folded[3]?.state).toBe("overdue");
  expect(folded.filter(({ state }) => state === "verified")).toHaveLength(238);
  expect(foldCells([...hundred(3), { kind: "hole", from: 300, to: 309 }], 2)[1]?.state).toBe("hole");
});

test("the legend counts chunks by state, and rows that are missing or were never written", () => {
  const cells = withHoles(
    [chunk(0, 0, 99, "verified", 12), chunk(1, 100, 199, "missing"), chunk(2, 250, 299)],
    299,
  );
  expect(countCells(cells)).toEqual({
    states: { verified: 2, missing: 1 },
    missingNumbers: 50,
    neverWritten: 12,
  });
});
