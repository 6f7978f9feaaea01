import { expect, test } from "vitest";
import { changesOf } from "./changes";

test("a change names only the fields that differ, in words, with what was before and after", () => {
  const before = { chunkSize: 50_000, keepHot: 2_000, gone: "x" };
  const after = { chunkSize: 10_000, keepHot: 2_000, keys: ["a"] };
  expect(changesOf({ before, after })).toEqual([
    { name: "chunk size", before: "50,000", after: "10,000" },
    { name: "gone", before: "x", after: null },
    { name: "keys", before: null, after: '["a"]' },
  ]);
});

test("an act that was without a before or an after has fields on one side alone", () => {
  expect(changesOf({ before: null, after: null })).toEqual([]);
  expect(changesOf({ before: null, after: { days: 30 } })).toEqual([
    { name: "days", before: null, after: "30" },
  ]);
});

test("row numbers are grouped, moments read as such, and a range begins with its first row", () => {
  const after = {
    to: "99999",
    from: "90000",
    rows: 10_000,
    expiresAt: "2026-11-24T05:15:42.111Z",
    share: 0.5,
  };
  expect(changesOf({ before: null, after }).map(({ name, after }) => `${name} ${after}`)).toEqual([
    "from 90,000",
    "to 99,999",
    "rows 10,000",
    "expires at 24 Nov 2026, 05:15:42 UTC",
    "share 0.5",
  ]);
});
