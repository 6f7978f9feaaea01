import { expect, test } from "vitest";
import { adjacencyOf, reach } from "./graph-paths";

const edges = [
  { from: "input", to: "trim" },
  { from: "trim", to: "align" },
  { from: "index", to: "align" },
  { from: "align", to: "sort" },
  { from: "align", to: "count" },
  { from: "sort", to: "report" },
  { from: "count", to: "report" },
];

test("upstream of a task is everything it was made from, and nothing else", () => {
  expect(reach(["align"], adjacencyOf(edges).up)).toEqual(new Set(["trim", "index", "input"]));
});

test("downstream of several tasks is counted once", () => {
  expect(reach(["sort", "count"], adjacencyOf(edges).down)).toEqual(new Set(["report"]));
});

test("a chain of 100,000 tasks is walked without recursion", () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => ({ from: `${index}`, to: `${index + 1}` }));
  expect(reach(["0"], adjacencyOf(chain).down).size).toBe(100_000);
});
