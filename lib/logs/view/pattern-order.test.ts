import { expect, test } from "vitest";
import type { Pattern } from "../patterns/schema";
import { orderPatterns } from "./pattern-order";

const at = "2026-11-20T08:00:00.000Z";
const pattern = (template: string, count: number, first: number, last: number, isNew = false): Pattern => ({
  id: template,
  template,
  count,
  share: count / 100,
  first: { sequence: String(first), at, exact: true },
  last: { sequence: String(last), at, exact: true },
  levels: null,
  trend: [],
  isNew,
});
const patterns = [
  pattern("Heartbeat <*>", 60, 5, 99),
  pattern("Loaded batch <*>", 30, 0, 80),
  pattern("Out of memory", 10, 70, 70, true),
];
const order = (by: Parameters<typeof orderPatterns>[1]) => orderPatterns(patterns, by).map(({ id }) => id[0]);

test("patterns come by rows, by where they are seen first or last, or new ones first", () => {
  expect(order({ order: "rows", having: "" })).toEqual(["H", "L", "O"]);
  expect(order({ order: "first", having: "" })).toEqual(["L", "H", "O"]);
  expect(order({ order: "last", having: "" })).toEqual(["H", "L", "O"]);
  expect(order({ order: "new", having: "" })).toEqual(["O", "H", "L"]);
});

test("only patterns with the text are listed, in any case", () => {
  expect(order({ order: "rows", having: " loADed" })).toEqual(["L"]);
  expect(order({ order: "rows", having: "nothing" })).toEqual([]);
});
