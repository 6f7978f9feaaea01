import { describe, expect, test } from "vitest";
import { durationFigures } from "./duration-figures";

const usual = [10, 12, 11, 9, 10, 13, 10, 11];

describe("figures of a node's durations", () => {
  test("nothing is said about a node that never ran", () => {
    expect(durationFigures([])).toBeNull();
  });

  test("median and 90th percentile are values that occurred", () => {
    expect(durationFigures([100, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toMatchObject({ runs: 10, p50Ms: 5, p90Ms: 9 });
    expect(durationFigures([7])).toMatchObject({ runs: 1, p50Ms: 7, p90Ms: 7 });
  });

  test("a run can only be a regression when the two before it were slow as well", () => {
    expect(durationFigures([50, 50, ...usual])?.slowAboveMs).toBe(13);
    expect(durationFigures([50, 10, ...usual])?.slowAboveMs).toBeNull();
    expect(durationFigures([10, 50, ...usual])?.slowAboveMs).toBeNull();
  });

  test("a lasting slowdown is not hidden by itself: the measure is what was usual before", () => {
    expect(durationFigures([40, 40, ...usual])?.slowAboveMs).toBe(13);
  });

  test("a creeping millisecond is no regression, however steady the node was", () => {
    const steady = [1_000, 1_000, 1_000, 1_000, 1_000, 1_000];
    expect(durationFigures([1_002, 1_001, ...steady])?.slowAboveMs).toBeNull();
    expect(durationFigures([1_102, 1_101, ...steady])?.slowAboveMs).toBeCloseTo(1_100);
  });

  test("with too few runs before them nothing is called slow", () => {
    expect(durationFigures([50, 50, 10, 10, 10, 10])?.slowAboveMs).toBeNull();
    expect(durationFigures([50, 50, 10, 10, 10, 10, 10])?.slowAboveMs).toBeCloseTo(11);
  });
});
