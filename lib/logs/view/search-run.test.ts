import { describe, expect, test } from "vitest";
import type { LogGapRow, LogRow } from "../schema";
import type { SearchEvent } from "../search/events";
import { parseQuery } from "../search/query";
import {
  begun,
  failedRun,
  hidingGaps,
  hitsAtMost,
  isOpen,
  left,
  newRun,
  readBudgetBytes,
  stopped,
  wantedOn,
  withEvents,
  withTail,
} from "./search-run";

const text = parseQuery({ text: "timeout" });
const hit = (seq: number): LogRow => ({
  kind: "entry",
  seq: String(seq),
  at: "2026-11-20T10:00:00.000Z",
  level: "info",
  message: `row ${seq}`,
  cut: false,
  source: null,
  tier: "cold",
});
const gap = (from: number, to: number, reason: LogGapRow["reason"] = "damaged"): LogGapRow => ({
  kind: "gap",
  from: String(from),
  to: String(to),
  reason,
  chunkNumber: 3,
  detail: "",
});
const rows = (...found: LogRow[]): SearchEvent => ({
  type: "rows",
  rows: found.flatMap((row) => (row.kind === "entry" ? [row] : [])),
});
const plan = (bytesToRead: number, final = true): SearchEvent => ({
  type: "plan",
  chunks: 240,
  chunksToRead: 240,
  bytesToRead,
  skipped: { level: 0, time: 0, bloom: 0 },
  hotRows: 0,
  estimatedMs: 1000,
  final,
});
const progress = (seq: number, bytesRead = 1000): SearchEvent => ({
  type: "progress",
  chunksDone: 10,
  chunksToRead: 240,
  bytesRead,
  objectsRead: 10,
  hits: 1,
  backTo: { seq: String(seq), at: null },
  etaMs: 2000,
  resume: `from ${seq}`,
});
const done = (reason: "complete" | "limit", resume: string | null = null): SearchEvent => ({
  type: "done",
  reason,
  hits: 1,
  resume,
  bytesRead: 5000,
  objectsRead: 12,
  durationMs: 1,
});
const numbers = (list: readonly LogRow[]) =>
  list.map((row) => Number(row.kind === "gap" ? row.from : row.seq));
const running = begun(newRun(text), 1000);

describe("a search as it goes", () => {
  test("lists what comes newest first in ascending order, each row once", () => {
    const first = withEvents(running, [plan(5000), rows(hit(90), hit(80))]);
    // After a break it begins again where it last said it was, which is behind what it had found.
    const second = withEvents(begun(left(first), 1000), [rows(hit(90), hit(80), hit(70))]);
    expect(numbers(second.rows)).toEqual([70, 80, 90]);
    expect(second.hits).toBe(3);
  });

  test("holes that lie side by side are one, also when they come apart", () => {
    const first = withEvents(running, [{ type: "gap", gap: gap(60, 69) }]);
    const second = withEvents(first, [{ type: "gap", gap: gap(50, 59) }, rows(hit(40))]);
    expect(second.rows).toEqual([hit(40), gap(50, 69)]);
    expect(second.hits).toBe(1);
  });

  test("rests at the limit of a request, and goes on with its token", () => {
    const rested = withEvents(running, [rows(hit(90)), progress(80), done("limit", "from 85")]);
    expect(rested).toMatchObject({ status: "paused", resume: "from 85", bytesRead: 5000 });
    expect(isOpen(rested)).toBe(true);
    const next = withEvents(begun(rested, 2000), [plan(5000), progress(40, 300)]);
    expect(next).toMatchObject({ bytesRead: 5300, resume: "from 40", next: 1000 });
  });

  test("is complete only when it came to the first row", () => {
    const complete = withEvents(running, [plan(100), done("complete")]);
    expect(complete).toMatchObject({ status: "complete", chunksDone: 240, backTo: { seq: "0" } });
    expect(isOpen(complete)).toBe(false);
  });

  test("holds no more rows than it may until more are wanted", () => {
    const many = Array.from({ length: hitsAtMost }, (_, i) => hit(hitsAtMost - i));
    const capped = withEvents(running, [rows(...many), done("limit", "x")]);
    expect(capped.status).toBe("capped");
    const more = begun(wantedOn(capped), 1000);
    expect(withEvents(more, [done("limit", "y")]).status).toBe("paused");
  });

  test("keeps what it found when it fails, and goes on from there", () => {
    const failed = failedRun(
      withEvents(running, [rows(hit(90)), progress(80)]),
      "The store is away.",
      "req-1",
    );
    expect(failed).toMatchObject({ status: "failed", hits: 1, resume: "from 80" });
    expect(begun(wantedOn(failed), 1000)).toMatchObject({ status: "running", failure: null, hits: 1 });
  });

  test("that somebody stopped does not go on by itself, and one that was left does", () => {
    expect(isOpen(stopped(running))).toBe(false);
    expect(isOpen(left(running))).toBe(true);
    expect(left(stopped(running)).status).toBe("stopped");
  });
});

describe("the budget", () => {
  const tooMuch = readBudgetBytes + 1;

  test("a plan above it ends the search until its reader agrees", () => {
    const costly = withEvents(running, [plan(tooMuch)]);
    expect(costly.status).toBe("costly");
    const agreed = begun(wantedOn(costly), 1000);
    expect(withEvents(agreed, [plan(tooMuch), progress(500, tooMuch)]).status).toBe("running");
  });

  test("a plan that can still shrink stops nobody; reading that much does", () => {
    const shrinking = withEvents(running, [plan(tooMuch, false)]);
    expect(shrinking.status).toBe("running");
    expect(withEvents(shrinking, [progress(500, tooMuch)]).status).toBe("costly");
  });

  test("a filter by level or time finds on every page, so its plan stops nobody", () => {
    const levels = begun(newRun(parseQuery({ levels: ["error"] })), 1000);
    expect(withEvents(levels, [plan(tooMuch)]).status).toBe("running");
  });
});

test("new rows stand behind the hits, once, and say how far the tail has looked", () => {
  const found = withEvents(running, [rows(hit(990))]);
  const grown = withTail(found, [hit(990), hit(1001), hit(1004)], 1010);
  expect(numbers(grown.rows)).toEqual([990, 1001, 1004]);
  expect(grown).toMatchObject({ hits: 3, next: 1011 });
});

test("only rows that exist and cannot be read may hide hits", () => {
  const gaps = [gap(1, 2), gap(3, 4, "never_written"), gap(5, 6, "missing"), gap(7, 8, "expired"), hit(9)];
  expect(hidingGaps(gaps).map(({ from }) => from)).toEqual(["1", "5"]);
});
