import { describe, expect, test } from "vitest";
import type { LogEntryRow, LogPage, LogRow } from "../schema";
import { mergeGaps, settledGaps } from "./gaps";
import { emptyPage, entryIn, filled, isBehind, pageRows, pagesFor, readRows, resumeAt } from "./row-page";

const entry = (seq: number): LogEntryRow => ({
  kind: "entry",
  seq: String(seq),
  at: "2026-01-01T00:00:00.000Z",
  level: "info",
  message: `row ${seq}`,
  cut: false,
  source: null,
  tier: "hot",
});
const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
const hole = (
  from: number,
  to: number,
  reason: "damaged" | "in_flight" | "unreadable" = "damaged",
): LogRow => ({
  kind: "gap",
  from: String(from),
  to: String(to),
  reason,
  chunkNumber: 0,
  detail: "checksum mismatch",
});
const answer = (rows: LogRow[], next: number | null, end: number): LogPage => ({
  rows,
  next: next === null ? null : String(next),
  searchedTo: null,
  nextSequenceNumber: String(end),
  archivedThrough: "-1",
  asOf: "2026-01-01T00:00:00.000Z",
});

describe("a page of rows", () => {
  test("starts at a multiple of the page size and holds each row in its place", () => {
    const page = filled(emptyPage(2), 500, answer(entries(500, 749), 750, 2_000));
    expect(entryIn(page, 500)?.seq).toBe("500");
    expect(entryIn(page, 749)?.seq).toBe("749");
    expect(resumeAt(page)).toBeNull();
  });

  test("goes on where a short answer stopped", () => {
    const first = filled(emptyPage(0), 0, answer(entries(0, 99), 100, 2_000));
    expect(resumeAt(first)).toBe(100);
    const whole = filled(first, 100, answer(entries(100, 249), 250, 2_000));
    expect(resumeAt(whole)).toBeNull();
    expect(whole.entries.every((row) => row !== null)).toBe(true);
  });

  test("at the end of the stream waits for the rows that are not written yet", () => {
    const tail = filled(emptyPage(0), 0, answer(entries(0, 9), null, 10));
    expect(tail.readTo).toBe(9);
    expect(resumeAt(tail)).toBe(10);
    expect(resumeAt(filled(tail, 10, answer(entries(10, 249), 250, 900)))).toBeNull();
  });

  test("takes a gap that ends on a later page, whole", () => {
    const page = filled(emptyPage(0), 0, answer([...entries(0, 99), hole(100, 1099)], 1100, 5_000));
    expect(page.gaps).toMatchObject([{ from: 100, to: 1099, reason: "damaged" }]);
    expect(resumeAt(page)).toBeNull();
  });

  test("ignores rows that belong to another page", () => {
    const page = filled(emptyPage(1), 250, answer([...entries(240, 499), entry(500)], 501, 5_000));
    expect(page.entries).toHaveLength(pageRows);
    expect(entryIn(page, 250)?.seq).toBe("250");
  });

  test("reads numbers being written, and what a store did not answer, again; a damaged range not", () => {
    for (const reason of ["in_flight", "unreadable"] as const) {
      const page = filled(
        emptyPage(0),
        0,
        answer([...entries(0, 99), hole(100, 149, reason), ...entries(150, 249)], 250, 900),
      );
      expect(resumeAt(page)).toBe(100);
      const settled = filled(page, 100, answer(entries(100, 249), 250, 900));
      expect(settled.gaps).toEqual([]);
      expect(entryIn(settled, 120)?.seq).toBe("120");
    }
    const damaged = filled(
      emptyPage(0),
      0,
      answer([...entries(0, 99), hole(100, 149), ...entries(150, 249)], 250, 900),
    );
    expect(resumeAt(damaged)).toBeNull();
  });

  test("is read in as many answers as it takes, and no more", async () => {
    const asked: number[] = [];
    const whole = await readRows(emptyPage(0), async (from) => {
      asked.push(from);
      return answer(entries(from, from + 99), from + 100, 2_000);
    });
    expect(asked).toEqual([0, 100, 200]);
    expect(resumeAt(whole)).toBeNull();
    const open = await readRows(emptyPage(0), async (from) => {
      asked.push(from);
      return answer(
        [hole(from, from + 9, "in_flight"), ...entries(from + 10, from + 259)],
        from + 260,
        2_000,
      );
    });
    expect(asked).toEqual([0, 100, 200, 0]);
    expect(resumeAt(open)).toBe(0);
  });

  test("knows that rows were written since it was read", () => {
    const tail = filled(emptyPage(0), 0, answer(entries(0, 9), null, 10));
    expect(isBehind(tail, 10)).toBe(false);
    expect(isBehind(tail, 11)).toBe(true);
    expect(isBehind(filled(emptyPage(0), 0, answer(entries(0, 249), 250, 900)), 900)).toBe(false);
  });

  test("is asked for once for all the rows it holds", () => {
    expect(pagesFor([499, 250, 500, 251])).toEqual([1, 2]);
  });
});

describe("gaps", () => {
  const gap = (
    from: number,
    to: number,
    reason: "damaged" | "never_written" = "damaged",
    chunkNumber: number | null = 4,
  ) => ({
    from,
    to,
    reason,
    chunkNumber,
    detail: "",
  });

  test("that a page edge cut in two become one again", () => {
    expect(mergeGaps([gap(250, 400), gap(100, 249)])).toEqual([gap(100, 400)]);
    expect(mergeGaps([gap(100, 400, "damaged", null), gap(100, 300)])).toEqual([gap(100, 400)]);
  });

  test("of different causes or chunks stay apart and never overlap", () => {
    expect(mergeGaps([gap(0, 9), gap(10, 19, "never_written")])).toHaveLength(2);
    expect(mergeGaps([gap(0, 9, "damaged", 1), gap(10, 19, "damaged", 2)])).toHaveLength(2);
    const overlapping = mergeGaps([gap(0, 9), gap(5, 19, "never_written")]);
    expect(overlapping.map(({ from, to }) => [from, to])).toEqual([
      [0, 9],
      [10, 19],
    ]);
  });

  test("of an overview fold rows only when each of their numbers is known to have none", () => {
    const overview = {
      buckets: [],
      gaps: [
        { from: "0", to: "9", reason: "in_flight" },
        { from: "20", to: "29", reason: "never_written" },
        { from: "30", to: "39", reason: "something new" },
        { from: "1000", to: "1999", reason: "damaged" },
      ],
      asOf: "2026-01-01T00:00:00.000Z",
    };
    expect(settledGaps(overview)).toMatchObject([{ from: 20, to: 29, reason: "never_written" }]);
    expect(settledGaps(undefined)).toEqual([]);
  });
});
