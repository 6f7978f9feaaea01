import { describe, expect, test } from "vitest";
import { etaOf, longestChain } from "./eta";
import type { NodeHistory } from "./history-schema";
import type { TaskStatus } from "./status";

const now = Date.UTC(2026, 0, 1, 12);
const past = (p50Ms: number, p90Ms = p50Ms * 2, runs = 10): NodeHistory => ({
  runs,
  p50Ms,
  p90Ms,
  slowAboveMs: null,
});
const task = (nodeId: string, status: TaskStatus, upstreamNodeIds: string[] = [], ranMs = 0) => ({
  nodeId,
  status,
  upstreamNodeIds,
  startedAt: status === "running" ? new Date(now - ranMs).toISOString() : null,
});

describe("when a run will be over", () => {
  test("is the longest chain of what is not over, not the sum of it", () => {
    const tasks = [
      task("load", "succeeded"),
      task("short", "pending", ["load"]),
      task("long", "pending", ["load"]),
      task("end", "pending", ["short", "long"]),
    ];
    const history = { load: past(100), short: past(1_000), long: past(5_000), end: past(200) };
    const eta = etaOf(tasks, history, now);
    expect(eta?.remainingMs).toBe(5_200);
    expect(eta?.chain.map(({ nodeId }) => nodeId)).toEqual(["long", "end"]);
    expect(eta).toMatchObject({ unknown: 0, overdue: [], runs: 10 });
  });

  test("what runs counts for what is left of its median, then of its 90th percentile, then for nothing", () => {
    const left = (ranMs: number) => etaOf([task("a", "running", [], ranMs)], { a: past(1_000, 3_000) }, now);
    expect(left(400)).toMatchObject({ remainingMs: 600, overdue: [] });
    expect(left(1_500)).toMatchObject({ remainingMs: 1_500, overdue: [] });
    expect(left(3_001)).toMatchObject({ remainingMs: 0, overdue: ["a"] });
  });

  test("a task without a past is counted and said, never guessed", () => {
    const tasks = [task("a", "pending"), task("new", "pending", ["a"])];
    expect(etaOf(tasks, { a: past(1_000) }, now)).toMatchObject({ remainingMs: 1_000, unknown: 1 });
    expect(etaOf(tasks, {}, now)).toBeNull();
  });

  test("nothing is said of a run in which nothing is left", () => {
    expect(etaOf([task("a", "succeeded"), task("b", "skipped", ["a"])], { a: past(1) }, now)).toBeNull();
  });
});

describe("the longest chain", () => {
  test("goes through the latest of all that a task waits for", () => {
    const tasks = [
      { nodeId: "a", upstreamNodeIds: [] },
      { nodeId: "b", upstreamNodeIds: [] },
      { nodeId: "c", upstreamNodeIds: ["a", "b"] },
      { nodeId: "d", upstreamNodeIds: ["c", "gone"] },
    ];
    const took: Record<string, number> = { a: 5, b: 7, c: 1, d: 1 };
    expect(longestChain(tasks, (nodeId) => took[nodeId] ?? 0).map(({ nodeId }) => nodeId)).toEqual([
      "b",
      "c",
      "d",
    ]);
  });

  test("of ten thousand tasks in a row is found without a call for each", () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => ({
      nodeId: `n${index}`,
      upstreamNodeIds: index === 0 ? [] : [`n${index - 1}`],
    }));
    expect(longestChain(tasks, () => 1)).toHaveLength(10_000);
  });
});
