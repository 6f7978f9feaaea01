import { expect, test } from "vitest";
import { collapsedScale, linearScale } from "./time-scale";

const span = { startMs: 0, endMs: 1_000 };

test("a plain axis keeps every length in proportion, and goes on beyond its ends", () => {
  const scale = linearScale(span);
  expect([0, 250, 1_000, 1_500, -100].map(scale.at)).toEqual([0, 0.25, 1, 1.5, -0.1]);
  expect(scale.momentAt(0.25)).toBe(250);
});

test("a long wait is drawn short, and what ran on both sides keeps its proportions", () => {
  const scale = collapsedScale(span, [
    { startMs: 0, endMs: 100 },
    { startMs: 800, endMs: 1_000 },
  ]);
  expect(scale.gaps).toHaveLength(1);
  const [gap] = scale.gaps;
  expect(gap).toMatchObject({ fromMs: 100, toMs: 800 });
  expect(gap?.width).toBeLessThan(0.05);
  const first = scale.at(100) - scale.at(0);
  const second = scale.at(1_000) - scale.at(800);
  expect(second / first).toBeCloseTo(2, 9);
  expect(scale.at(1_000)).toBeCloseTo(1, 9);
});

test("order is kept, and a place on the axis is the moment that is drawn there", () => {
  const scale = collapsedScale(span, [
    { startMs: 400, endMs: 500 },
    { startMs: 0, endMs: 50 },
  ]);
  const moments = [0, 49, 50, 60, 399, 400, 450, 500, 700, 999];
  const places = moments.map(scale.at);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const [index, place] of places.entries())
    expect(scale.momentAt(place)).toBeCloseTo(moments[index] ?? Number.NaN, 6);
});

test("short waits stay as they are", () => {
  const busy = [
    { startMs: 0, endMs: 480 },
    { startMs: 500, endMs: 1_000 },
  ];
  expect(collapsedScale(span, busy).gaps).toEqual([]);
});
