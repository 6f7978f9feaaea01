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
