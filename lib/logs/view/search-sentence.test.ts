import { expect, test } from "vitest";
import { parseQuery } from "../search/query";
import { newRun, type SearchRun } from "./search-run";
import { hiddenSentence, planSentence, searchSentence } from "./search-sentence";

const asked = { total: 12_000_000, counted: null, clock: () => "10:47:02" };
const run: SearchRun = {
  ...newRun(parseQuery({ text: "timeout" })),
  status: "running",
  hits: 37,
  chunksDone: 18,
  chunksToRead: 240,
  bytesRead: 61 * 1024 ** 2,
  backTo: { seq: "8411594", at: "2026-11-20T10:47:02.000Z" },
  etaMs: 1900,
  next: 12_000_000,
};

test("a search that runs says how much of its work is done and how far back it has come", () => {
  expect(searchSentence(run, asked)).toEqual({
    found: "37 hits",
    detail: "18 of 240 chunks, 61 MiB read, back to 10:47:02, about 2 s left",
  });
});

test("one that has ended early says where, and never claims the rest", () => {
  for (const [status, words] of [
    ["stopped", "stopped at row 8,411,594"],
    ["failed", "broken off at row 8,411,594"],
    ["capped", "as many as one page holds at row 8,411,594"],
  ] as const) {
    expect(searchSentence({ ...run, status }, asked).detail).toBe(words);
  }
  expect(searchSentence({ ...run, status: "paused" }, asked).found).toBe("37 hits so far");
});

test("only one that has seen every row speaks of all rows", () => {
  const { found, detail } = searchSentence({ ...run, status: "complete" }, asked);
  expect([found, detail]).toEqual(["37 hits", "in all 12,000,000 rows, 61 MiB read"]);
});

test("a filter that can be counted gives its exact number before it has read the rows", () => {
  expect(searchSentence({ ...run, status: "paused" }, { ...asked, counted: 4_118_302 }).found).toBe(
    "4,118,302 rows kept",
  );
});

test("a search that costs much says what it would read", () => {
  const plan = {
    type: "plan",
    chunks: 240,
    chunksToRead: 240,
    bytesToRead: 1.2 * 1024 ** 3,
    skipped: { level: 0, time: 0, bloom: 0 },
    hotRows: 0,
    estimatedMs: 1,
    final: true,
  } as const;
  const costly: SearchRun = { ...run, status: "costly", plan, chunksDone: 0, bytesRead: 0, hits: 0 };
  expect(searchSentence(costly, asked).detail).toBe("1.2 GiB in 240 chunks to go");
});

test("damaged chunks are counted once, however many holes they have", () => {
  const hole = (from: number, chunkNumber: number) =>
    ({ kind: "gap", from: `${from}`, to: `${from}`, reason: "damaged", chunkNumber, detail: "" }) as const;
  const damaged = { ...run, rows: [hole(1, 4), hole(9, 4), hole(20, 7)] };
  expect(hiddenSentence(damaged)).toBe("2 damaged chunks may hide hits");
  expect(hiddenSentence(run)).toBeNull();
});

test("a plan that can still shrink is an upper bound", () => {
  expect(planSentence({ chunksToRead: 3, bytesToRead: 12 * 1024 ** 2, final: true })).toBe(
    "≈ 3 chunks, 12 MiB",
  );
  expect(planSentence({ chunksToRead: 240, bytesToRead: 61 * 1024 ** 2, final: false })).toBe(
    "at most 240 chunks, 61 MiB",
  );
});
