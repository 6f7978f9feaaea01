import { describe, expect, test } from "vitest";
import type { LogPage, LogRow } from "@/lib/logs/schema";
import { mostRows, seqOf, windowOf, withNewer, withOlder } from "./log-window";

const entry = (seq: number): LogRow => ({
  kind: "entry",
  seq: String(seq),
  at: "2026-01-01T12:00:00.000Z",
  level: "info",
  message: `row ${seq}`,
  cut: false,
  source: null,
  tier: "hot",
});
const inFlight = (from: number, to: number): LogRow => ({
  kind: "gap",
  from: String(from),
  to: String(to),
  reason: "in_flight",
  chunkNumber: null,
  detail: "",
});
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
const page = (rows: LogRow[], total: number, values: Partial<LogPage> = {}): LogPage => ({
  rows,
  next: null,
  searchedTo: null,
  nextSequenceNumber: String(total),
  archivedThrough: "-1",
  asOf: "2026-01-01T12:00:00.000Z",
  ...values,
});
const seqs = (window: { rows: LogRow[] }) => window.rows.map((row) => Number(seqOf(row)));

describe("the window of a log", () => {
  test("opens at the end and grows in both directions, each row once", () => {
    const opened = windowOf(page(range(5, 7), 8, { next: "4" }), "backward");
    expect(opened).toMatchObject({ older: "4", newer: "8", moreNewer: false, total: "8" });
    const grown = withNewer(withOlder(opened, page(range(2, 5), 8, { next: "1" })), page(range(7, 9), 10));
    expect(seqs(grown)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(grown).toMatchObject({ older: "1", newer: "10", total: "10" });
  });

  test("around a row reads on from where the page ended", () => {
    const opened = windowOf(page(range(40, 60), 100, { previous: "39", next: "61" }), "around");
    expect(opened).toMatchObject({ older: "39", newer: "61", moreNewer: true });
  });

  test("leaves what is being written for the next read", () => {
    const opened = windowOf(page([...range(1, 3), inFlight(4, 6), entry(7)], 8), "backward");
    expect(seqs(opened)).toEqual([1, 2, 3]);
    expect(opened.newer).toBe("4");
    expect(seqs(withNewer(opened, page(range(4, 7), 8)))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("reads on where a page of hits ended early", () => {
    const opened = windowOf(page([entry(3)], 900), "backward");
    expect(withNewer(opened, page([], 2_000, { next: "1500" }))).toMatchObject({
      newer: "1500",
      moreNewer: true,
    });
  });

  test("is bounded: the oldest rows leave, and can be read again", () => {
    const opened = windowOf(page(range(0, mostRows - 1), mostRows), "backward");
    const grown = withNewer(opened, page(range(mostRows, mostRows + 9), mostRows + 10));
    expect(grown.rows).toHaveLength(mostRows);
    expect(grown.older).toBe("9");
    expect(Number(seqOf(grown.rows[0] ?? entry(-1)))).toBe(10);
  });
});
