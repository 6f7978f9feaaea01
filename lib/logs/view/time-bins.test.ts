import { describe, expect, test } from "vitest";
import type { EpisodeOverview } from "../schema";
import { histogramPaths, minimapDrawing } from "./level-marks";
import { firstSeqIn, rows, tierRuns, timeBins, timeOf } from "./time-bins";

const minute = 60_000;
const at = (ms: number) => new Date(Date.UTC(2026, 10, 20, 10) + ms).toISOString();
const bucket = (from: number, to: number, start: number, end: number, error = 0) => ({
  from: String(from),
  to: String(to),
  startAt: at(start),
  endAt: at(end),
  levels: { debug: 0, info: to - from + 1 - error, warn: 0, error, fatal: 0 },
});
const overview = (
  buckets: EpisodeOverview["buckets"],
  gaps: EpisodeOverview["gaps"] = [],
): EpisodeOverview => ({
  buckets,
  gaps,
  asOf: at(0),
});
const sum = (binned: ReturnType<typeof timeBins>) =>
  (binned?.bins ?? []).reduce((total, bin) => total + rows(bin.levels), 0);

describe("rows over time", () => {
  const steady = overview([
    bucket(0, 99, 0, minute),
    bucket(100, 199, minute, 3 * minute, 5),
    bucket(200, 299, 3 * minute, 4 * minute),
  ]);

  test("add up to the rows of the overview, whatever the number of bars", () => {
    for (const count of [1, 7, 139, 1000]) expect(sum(timeBins(steady, count, -1))).toBe(300);
  });

  test("lie where their time is, not where their number is", () => {
    const unordered = overview([bucket(0, 99, 9 * minute, 10 * minute), bucket(100, 199, 0, minute)]);
    const binned = timeBins(unordered, 10, -1);
    expect(binned?.start).toBe(Date.parse(at(0)));
    expect(
      Math.round(rows(binned?.bins[0]?.levels ?? { debug: 0, info: 0, warn: 0, error: 0, fatal: 0 })),
    ).toBe(100);
    expect(sum(binned)).toBe(200);
  });

  test("come in whole rows: one error among many slices is one error in one of them", () => {
    const binned = timeBins(overview([bucket(0, 999, 0, minute, 1)]), 100, -1);
    expect(binned?.bins.filter((bin) => bin.levels.error > 0).map((bin) => bin.levels.error)).toEqual([1]);
    expect(binned?.bins.every((bin) => Number.isInteger(bin.levels.info))).toBe(true);
  });

  test("of one instant make one full bar", () => {
    const binned = timeBins(overview([bucket(0, 9, 0, 0)]), 20, -1);
    expect(binned?.bins.filter((bin) => rows(bin.levels) > 0)).toHaveLength(1);
    expect(sum(binned)).toBe(10);
  });

  test("are not squeezed by a stray timestamp, and the stray rows are still counted", () => {
    const usual = Array.from({ length: 60 }, (_, i) =>
      bucket(i * 10, i * 10 + 9, i * minute, (i + 1) * minute),
    );
    const stray = {
      ...bucket(600, 609, 0, 0),
      startAt: "1970-01-01T00:00:00.000Z",
      endAt: "1970-01-01T00:00:00.000Z",
    };
    const binned = timeBins(overview([...usual, stray]), 30, -1);
    expect(binned?.start).toBeGreaterThanOrEqual(Date.parse(at(0)));
    expect(binned?.outside).toBe(10);
    expect(sum(binned)).toBe(610);
  });

  test("are nothing to draw when there are none", () => {
    expect(timeBins(overview([]), 10, -1)).toBeNull();
  });

  test("show which tier they are read from, and where rows are missing", () => {
    const withGap = { ...steady, gaps: [{ from: "50", to: "59", reason: "damaged" }] };
    const tiers = tierRuns(timeBins(withGap, 40, 199)?.bins ?? []);
    expect(tiers.map((run) => run.tier)).toEqual(["missing", "cold", "hot"]);
    expect(tiers.reduce((count, run) => count + run.length, 0)).toBe(40);
  });

  test("a quiet spell is not drawn as a hole in the tier band", () => {
    const quiet = overview([bucket(0, 9, 0, 1_000), bucket(10, 19, 30 * minute, 30 * minute + 1_000)]);
    expect(tierRuns(timeBins(quiet, 50, -1)?.bins ?? [])).toEqual([{ tier: "hot", first: 0, length: 50 }]);
  });

  test("a bar leads to its rows, and a row to its bar", () => {
    const start = Date.parse(at(2 * minute));
    expect(firstSeqIn(steady, start, start + 1000)).toBeGreaterThanOrEqual(100);
    expect(firstSeqIn(steady, start, start + 1000)).toBeLessThan(200);
    expect(timeOf(steady, 250)).toBeGreaterThan(Date.parse(at(3 * minute)));
  });
});

describe("the drawing", () => {
  test("shows a single error among a million rows, in bars and in the minimap", () => {
    const rare = overview([bucket(0, 999_999, 0, minute, 1)]);
    const binned = timeBins(rare, 1, -1);
    expect(binned && histogramPaths(binned, 72, 8).error).toMatch(/v2h/);
    expect(minimapDrawing(rare, 18).paths.error).not.toBe("");
  });

  test("makes the place where errors gather stand out from where they trickle", () => {
    const incident = overview([bucket(0, 999, 0, minute, 10), bucket(1000, 1999, minute, 2 * minute, 400)]);
    const widths = [...minimapDrawing(incident, 18).paths.error.matchAll(/h([\d.]+)v/g)].map((m) =>
      Number(m[1]),
    );
    expect(Math.max(...widths)).toBe(18);
    expect(Math.min(...widths)).toBeLessThan(4);
  });

  test("never leaves its box", () => {
    const rare = overview([bucket(0, 9, 0, minute, 5)]);
    const binned = timeBins(rare, 1, -1);
    const tops = Object.values(binned ? histogramPaths(binned, 72, 8) : {}).flatMap((path) =>
      [...path.matchAll(/M\S+ (\S+?)h/g)].map((match) => Number(match[1])),
    );
    expect(Math.min(...tops)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...tops)).toBeLessThanOrEqual(72);
  });
});
