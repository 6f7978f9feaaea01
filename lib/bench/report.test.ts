import { describe, expect, test } from "vitest";
import { generateBatches, generateLines } from "./generate";
import { type Figure, isMet } from "./goal";
import { percentile } from "./measure";
import { figureLine } from "./report";

const figure: Figure = {
  id: "G1",
  name: "ingest",
  value: 0.81,
  unit: "x",
  goal: { atLeast: 0.7 },
  ours: "41,200 rows/s",
  baseline: "50,900 rows/s",
};

describe("a figure's line", () => {
  test("names both sides, the goal and whether it was met", () => {
    expect(figureLine(figure)).toBe(
      "G1 ingest 0.81x (goal >= 0.7) ours=41,200 rows/s baseline=50,900 rows/s met",
    );
  });

  test("says when a goal was missed, on either side of the bound", () => {
    expect(figureLine({ ...figure, value: 0.69 })).toContain("MISSED");
    expect(figureLine({ ...figure, goal: { atMost: 0.8 } })).toContain("(goal <= 0.8)");
    expect(isMet({ ...figure, goal: { atMost: 0.8 } })).toBe(false);
    expect(isMet({ ...figure, value: Number.NaN })).toBe(false);
  });
});

test("percentiles are values that were measured", () => {
  const samples = [5, 1, 4, 2, 3];
  expect([0, 0.5, 0.95, 1].map((share) => percentile(samples, share))).toEqual([1, 3, 5, 5]);
});

test("the same seed gives the same lines, another seed others", () => {
  expect([...generateLines(500, 3)]).toEqual([...generateLines(500, 3)]);
  expect([...generateLines(500, 3)]).not.toEqual([...generateLines(500, 4)]);
  expect([...generateBatches(250, 100, 3)].join("")).toBe(`${[...generateLines(250, 3)].join("\n")}\n`);
});
