import { expect, test } from "vitest";
import type { TemplateSource } from "../patterns/row-figures";
import type { FieldCounts } from "./field-counts";
import { mergeFields } from "./merge-fields";

const source = (rows: number, facets?: FieldCounts): TemplateSource => ({
  from: 0n,
  to: BigInt(rows - 1),
  startTime: new Date(0),
  endTime: new Date(0),
  templates: [],
  other: rows,
  known: true,
  ...(facets && { facets }),
});

const users = (rows: number, values: Record<string, number>) => ({
  path: "user",
  rows,
  values: Object.entries(values).map(([value, count]) => ({ value, count })),
});

test("counts of several stretches add up, and what is listed in none of them is told", () => {
  const sources = [
    source(10, { complete: true, fields: [users(10, { ann: 6, bob: 4 })] }),
    source(20, { complete: true, fields: [users(15, { ann: 9, eve: 1 })] }),
    source(5, { complete: true, fields: [] }),
  ];
  expect(mergeFields(sources)).toEqual([
    {
      path: "user",
      rows: 25,
      values: [
        { value: "ann", count: 15, exact: true },
        // Among the five other rows of the second stretch may be more of his.
        { value: "bob", count: 4, exact: false },
        { value: "eve", count: 1, exact: true },
      ],
      other: 5,
      uncounted: 0,
    },
  ]);
});

test("rows whose field nobody counted are told, and make every count a lowest one", () => {
  const [user] = mergeFields([
    source(10, { complete: true, fields: [users(10, { ann: 10 })] }),
    source(7, { complete: false, fields: [] }),
    source(3),
  ]);
  expect(user).toMatchObject({ uncounted: 10, values: [{ value: "ann", count: 10, exact: false }] });
});

test("a field that differs in most rows is no choice, whatever a small stretch lists", () => {
  const ids = { path: "traceId", rows: 1000, values: [] };
  const few = {
    path: "traceId",
    rows: 2,
    values: [
      { value: "t1", count: 1 },
      { value: "t2", count: 1 },
    ],
  };
  const sources = [
    source(1000, { complete: true, fields: [ids] }),
    source(2, { complete: true, fields: [few] }),
  ];
  expect(mergeFields(sources)).toEqual([]);
});
