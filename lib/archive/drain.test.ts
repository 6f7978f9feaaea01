import { expect, test } from "vitest";
import { drainOf } from "./drain";

const rates = (archivedPerSecond: number, ingestedPerSecond: number) => ({
  archivedPerSecond,
  ingestedPerSecond,
});

test("a queue drains by what is archived beyond what comes in", () => {
  expect(drainOf(840_000, rates(1_500, 500))).toEqual({ kind: "draining", ms: 840_000 });
});

test("where as much comes in as is archived, no time is promised", () => {
  expect(drainOf(1, rates(500, 500))).toEqual({ kind: "behind" });
  expect(drainOf(1, rates(500, 900))).toEqual({ kind: "behind" });
});

test("rows that wait while nothing is archived stand still, however little comes in", () => {
  expect(drainOf(10, rates(0, 0))).toEqual({ kind: "standing" });
});

test("nothing waits: there is nothing to say about rates", () => {
  expect(drainOf(0, rates(0, 9_000))).toEqual({ kind: "idle" });
});
