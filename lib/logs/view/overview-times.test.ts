import { expect, test } from "vitest";
import type { EpisodeOverview } from "../schema";
import { firstSeqIn, timeOf } from "./overview-times";

const minute = 60_000;
const at = (ms: number) => new Date(Date.UTC(2026, 10, 20, 10) + ms).toISOString();
const bucket = (from: number, to: number, start: number, end: number) => ({
  from: String(from),
  to: String(to),
  startAt: at(start),
  endAt: at(end),
  levels: { debug: 0, info: to - from + 1, warn: 0, error: 0, fatal: 0 },
});
const steady: EpisodeOverview = {
  buckets: [
    bucket(0, 99, 0, minute),
    bucket(100, 199, minute, 3 * minute),
    bucket(200, 299, 3 * minute, 4 * minute),
  ],
  gaps: [],
  asOf: at(0),
};

test("a bar leads to its rows, and a row to its bar", () => {
  const start = Date.parse(at(2 * minute));
  expect(firstSeqIn(steady, start, start + 1000)).toBe(150);
  expect(timeOf(steady, 250)).toBeGreaterThan(Date.parse(at(3 * minute)));
  expect(timeOf(steady, 250)).toBeLessThan(Date.parse(at(4 * minute)));
});

test("where nothing was written nothing is led to", () => {
  expect(firstSeqIn(steady, Date.parse(at(10 * minute)), Date.parse(at(11 * minute)))).toBeNull();
  expect(timeOf({ ...steady, buckets: [] }, 5)).toBeNull();
});

test("a row newer than the overview stands at its end", () => {
  expect(timeOf(steady, 350)).toBe(Date.parse(at(4 * minute)));
});
