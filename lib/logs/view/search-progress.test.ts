import { expect, test } from "vitest";
import { isAhead, searchSentence } from "./search-progress";

const state = { hits: 37, searched: 8_412_077, total: 12_000_000 } as const;

test("a search says how far it has looked, exactly, while it runs and after it was stopped", () => {
  expect(searchSentence({ ...state, status: "searching" })).toBe(
    "37 rows so far, searched to row 8,412,077 of 12,000,000",
  );
  expect(searchSentence({ ...state, status: "stopped" })).toBe(
    "37 rows, stopped: searched to row 8,412,077 of 12,000,000",
  );
});

test("only a search that has seen every row claims to be complete", () => {
  expect(searchSentence({ ...state, hits: 1, status: "complete" })).toBe("1 row in all 12,000,000");
});

test("a search rests when it is screens ahead of the reader", () => {
  expect(isAhead(500, 40)).toBe(true);
  expect(isAhead(100, 40)).toBe(false);
});
