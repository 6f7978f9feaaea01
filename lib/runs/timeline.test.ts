import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { collapsedScale, linearScale } from "./time-scale";
import { axisTicks, barsOf, busyTimes, timeSpanOf } from "./timeline";

const asOf = "2026-11-20T11:00:00.000Z";
const done = taskRowOf({
  nodeId: "done",
  queuedAt: "2026-11-20T10:00:00.000Z",
  startedAt: "2026-11-20T10:10:00.000Z",
  finishedAt: "2026-11-20T10:30:00.000Z",
});
const running = taskRowOf({ nodeId: "running", status: "running", startedAt: "2026-11-20T10:30:00.000Z" });
const queued = taskRowOf({ nodeId: "queued", status: "queued", queuedAt: "2026-11-20T10:45:00.000Z" });
const planned = taskRowOf({ nodeId: "planned", status: "pending" });

test("the axis runs from the first thing queued to the last thing known", () => {
  expect(timeSpanOf([planned, done], asOf)).toEqual({
    startMs: Date.parse("2026-11-20T10:00:00Z"),
    endMs: Date.parse("2026-11-20T10:30:00Z"),
  });
});

test("what still runs or waits reaches to the moment the page was read", () => {
  expect(timeSpanOf([done, running], asOf)?.endMs).toBe(Date.parse(asOf));
  expect(timeSpanOf([done, queued], asOf)?.endMs).toBe(Date.parse(asOf));
});

test("a run in which nothing began has no axis", () => {
  expect(timeSpanOf([planned], asOf)).toBeNull();
});

test("waiting and running share the bar without a gap or an overlap", () => {
  const span = { startMs: Date.parse("2026-11-20T10:00:00Z"), endMs: Date.parse("2026-11-20T10:40:00Z") };
  expect(barsOf(done, linearScale(span), asOf)).toEqual({
    waited: { left: 0, width: 0.25 },
    ran: { left: 0.25, width: 0.5 },
  });
});

test("a planned task has no bar", () => {
  const span = { startMs: 0, endMs: 1000 };
  expect(barsOf(planned, linearScale(span), asOf)).toEqual({ waited: null, ran: null });
});

test("bars never leave the axis", () => {
  const tasks = [done, running, queued, planned];
  const span = timeSpanOf(tasks, asOf);
  if (!span) throw new Error("a span was expected");
  for (const { waited, ran } of tasks.map((task) => barsOf(task, linearScale(span), asOf))) {
    for (const bar of [waited, ran]) {
      if (!bar) continue;
      expect(bar.left).toBeGreaterThanOrEqual(0);
      expect(bar.left + bar.width).toBeLessThanOrEqual(1 + 1e-9);
    }
  }
});

test.each([1, 40, 900, 61_000, 3_600_000, 29_640_000, 604_800_000, 9e10])(
  "a span of %i ms has two to five ticks that are on it",
  (length) => {
    const ticks = axisTicks(linearScale({ startMs: 5, endMs: 5 + length }), 5);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(5);
    for (const tick of ticks) {
      expect(tick.left).toBeGreaterThanOrEqual(0);
      expect(tick.left).toBeLessThanOrEqual(1);
    }
  },
);

test("behind the start the ticks are round moments, where those moments stand", () => {
  const startMs = Date.parse("2026-11-20T08:00:52.300Z");
  const scale = linearScale({ startMs, endMs: startMs + 13.6 * 60_000 });
  const [start, ...rounds] = axisTicks(scale, 4);
  expect(start).toEqual({ atMs: startMs, left: 0 });
  expect(rounds.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
    "2026-11-20T08:05:00.000Z",
    "2026-11-20T08:10:00.000Z",
  ]);
  for (const { atMs, left } of rounds) expect(left).toBeCloseTo((atMs - startMs) / (13.6 * 60_000));
});

test("what lies outside of the part that is shown has no bar, and what crosses its end is cut there", () => {
  const zoomed = linearScale({
    startMs: Date.parse("2026-11-20T10:20:00Z"),
    endMs: Date.parse("2026-11-20T10:40:00Z"),
  });
  expect(barsOf(done, zoomed, asOf)).toEqual({ waited: null, ran: { left: 0, width: 0.5 } });
  expect(barsOf(queued, zoomed, asOf)).toEqual({ waited: null, ran: null });
});

test("no tick stands in a wait that is left out", () => {
  const startMs = 0;
  const scale = collapsedScale({ startMs, endMs: 100_000 }, [
    { startMs, endMs: 5_000 },
    { startMs: 90_000, endMs: 100_000 },
  ]);
  const ticks = axisTicks(scale, 5);
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  for (const { atMs } of ticks) expect(atMs > 5_000 && atMs < 90_000).toBe(false);
});

test("times in which something ran are those of tasks that began", () => {
  expect(busyTimes([done, running, queued, planned], asOf)).toEqual([
    { startMs: Date.parse("2026-11-20T10:10:00Z"), endMs: Date.parse("2026-11-20T10:30:00Z") },
    { startMs: Date.parse("2026-11-20T10:30:00Z"), endMs: Date.parse(asOf) },
  ]);
});
