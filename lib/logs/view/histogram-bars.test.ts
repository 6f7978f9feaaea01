import { describe, expect, test } from "vitest";
import { noCounts } from "../episode-summary";
import type { LevelCounts } from "../level";
import { type Bar, barPaths, croppedBars, rowsOf, sumOfBars, tierRuns } from "./histogram-bars";

function bar(levels: Partial<LevelCounts>, more: Partial<Bar> = {}): Bar {
  const counts = { ...noCounts(), ...levels };
  const rows = rowsOf(counts);
  const start = "2026-11-20T08:00:00.000Z";
  return { start, levels: counts, hot: rows, cold: 0, missing: false, archiving: false, ...more };
}
const cold = bar({ info: 5 }, { hot: 0, cold: 5 });
const hot = bar({ info: 5 });
const empty = bar({});
const box = { height: 72, pitch: 8, top: 2 };

/** Heights of the boxes of a path. */
const heights = (path: string) => [...path.matchAll(/v([\d.]+)h/g)].map(([, height]) => Number(height));

describe("bars", () => {
  test("are as tall as they have rows, the fullest one to the top", () => {
    const { levels } = barPaths([bar({ info: 10 }), bar({ info: 5 }), empty], [], box);
    expect(heights(levels.info)).toEqual([70, 35]);
  });

  test("show a single error among thousands of rows", () => {
    const { levels } = barPaths([bar({ info: 100_000, error: 1 })], [], box);
    expect(heights(levels.error)).toEqual([2]);
  });

  test("of the chosen levels stand on the ground, the others are one shape above them", () => {
    const { levels, others } = barPaths([bar({ info: 8, error: 2 })], ["error"], box);
    expect(levels.info).toBe("");
    expect(heights(levels.error)).toEqual([14]);
    expect(levels.error).toContain("M0 58h");
    expect(heights(others)).toEqual([56]);
  });

  test("never leave their box", () => {
    const all = bar({ debug: 1, info: 1_000_000, warn: 1, error: 1, fatal: 1 });
    const { levels } = barPaths([all], [], box);
    const total = Object.values(levels)
      .flatMap(heights)
      .reduce((sum, height) => sum + height, 0);
    expect(total).toBeLessThanOrEqual(box.height);
  });
});

describe("the band of tiers", () => {
  const tiers = (bars: Bar[]) => tierRuns(bars).map(({ tier, length }) => `${length} ${tier}`);

  test("joins neighbours, and says where rows are lost or are moving", () => {
    const lost = { ...cold, missing: true };
    const moving = { ...hot, archiving: true };
    expect(tiers([cold, cold, lost, cold, moving, hot, hot])).toEqual([
      "2 cold",
      "1 missing",
      "1 cold",
      "1 archiving",
      "2 hot",
    ]);
  });

  test("is not broken by a quiet minute, and empty only at the ends", () => {
    expect(tiers([empty, cold, empty, cold, empty, hot, empty])).toEqual([
      "1 none",
      "4 cold",
      "1 hot",
      "1 none",
    ]);
  });

  test("makes a loss no longer than it is", () => {
    expect(tiers([cold, { ...empty, missing: true }, empty, hot])).toEqual(["1 cold", "1 missing", "2 hot"]);
  });
});

test("several bars as one have the rows of all", () => {
  const sum = sumOfBars([cold, { ...hot, archiving: true }, bar({ error: 2 }, { missing: true })]);
  expect(sum).toMatchObject({ hot: 7, cold: 5, missing: true, archiving: true });
  expect(sum.levels).toEqual({ ...noCounts(), info: 10, error: 2 });
});

describe("a shorter stretch out of bars that are there", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 8, minute)).toISOString();
  const bars = [0, 1, 2, 3].map((minute) => bar({ info: minute }, { start: at(minute) }));
  const histogram = {
    ...{ widthMs: 60_000, bars, before: noCounts(), after: noCounts() },
    ...{ total: 6, blurred: 0, asOf: at(9) },
  };

  test("has the bars that lie wholly inside", () => {
    const shown = croppedBars(histogram, { since: at(1), until: at(3) });
    expect(shown?.bars.map(({ start }) => start)).toEqual([at(1), at(2)]);
    expect(croppedBars(histogram, { since: at(2), until: null })?.bars).toHaveLength(2);
  });

  test("is none where they say nothing about it", () => {
    for (const [since, until] of [
      [null, null],
      [at(20), at(30)],
      ["2026-11-20T08:01:10.000Z", "2026-11-20T08:01:50.000Z"],
    ] as const)
      expect(croppedBars(histogram, { since, until })).toBeUndefined();
    expect(croppedBars(undefined, { since: at(0), until: null })).toBeUndefined();
  });
});
