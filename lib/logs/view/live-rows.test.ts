import { expect, test } from "vitest";
import type { LogEntryRow } from "../schema";
import { pagesWithTail } from "./live-rows";
import { emptyPage, entryIn, filled, pageRows, type RowPage } from "./row-page";

function rows(from: number, to: number): LogEntryRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    kind: "entry" as const,
    seq: String(from + index),
    at: "2026-11-20T08:00:00.000Z",
    level: "info" as const,
    message: `line ${from + index}`,
    cut: false,
    source: null,
    tier: "hot" as const,
  }));
}

const readUpTo = (last: number): RowPage =>
  filled(emptyPage(0), 0, { rows: rows(0, last), next: null, nextSequenceNumber: String(last + 1) });

test("new rows are put behind those a page has, and open the pages after it", () => {
  const known = readUpTo(239);
  const pages = pagesWithTail(rows(240, 260), 260, (number) => (number === 0 ? known : undefined));
  expect(pages.map(({ number, readTo }) => [number, readTo])).toEqual([
    [0, pageRows - 1],
    [1, 260],
  ]);
  expect(pages.map((page) => entryIn(page, 245)?.message ?? entryIn(page, 260)?.message)).toEqual([
    "line 245",
    "line 260",
  ]);
  expect(entryIn(pages[0] ?? known, 10)?.message).toBe("line 10");
});

test("rows that a page has already change nothing of it", () => {
  const known = readUpTo(100);
  const [page] = pagesWithTail(rows(95, 103), 103, () => known);
  expect(page?.readTo).toBe(103);
  expect(page).toEqual(readUpTo(103));
});

test("a page that lacks what stands before them is left to be read", () => {
  expect(pagesWithTail(rows(50, 60), 60, () => readUpTo(30))).toEqual([]);
  expect(pagesWithTail(rows(50, 60), 60, () => undefined)).toEqual([]);
});
