import { expect, test } from "vitest";
import { gapsOf, timeBuckets } from "./time-buckets";

const hour = 3_600_000;
const at = (hours: number) => `2026-11-20T${String(hours).padStart(2, "0")}:00:00.000Z`;

test("an hour without a point is a gap, an hour with zeros is a zero", () => {
  const buckets = timeBuckets(
    [
      { at: at(12), values: [4, 1] },
      { at: at(14), values: [0, 0] },
    ],
    "2026-11-20T14:02:11Z",
    hour,
    3,
  );
  expect(buckets).toEqual([
    { at: at(12), values: [4, 1] },
    { at: at(13), values: null },
    { at: at(14), values: [0, 0] },
  ]);
});

test("points of one bucket add up and points outside the window are left out", () => {
  const points = [11, 12, 13, 14, 15].map((hours) => ({ at: at(hours), values: [hours] }));
  expect(timeBuckets(points, at(15), 2 * hour, 2)).toEqual([
    { at: at(12), values: [25] },
    { at: at(14), values: [29] },
  ]);
});

test("neighbouring unknown buckets are one gap", () => {
  const buckets = timeBuckets([{ at: at(13), values: [1] }], at(15), hour, 5);
  expect(gapsOf(buckets)).toEqual([
    { from: at(11), to: at(12) },
    { from: at(14), to: at(15) },
  ]);
});
