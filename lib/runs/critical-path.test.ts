import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { criticalPath, pathPlanOf } from "./critical-path";
import { layoutGraph } from "./layout";
import type { TaskRow } from "./schema";

const asOf = "2026-01-01T00:10:00.000Z";

function pathOf(tasks: TaskRow[]): string[] {
  const graph = layoutGraph(
    tasks.map(({ nodeId, name, nodeType, upstreamNodeIds }) => ({
      id: nodeId,
      name,
      nodeType,
      upstreamNodeIds,
    })),
  );
  const byNode = new Map(tasks.map((task) => [task.nodeId, task]));
  return [...criticalPath(pathPlanOf(graph), byNode, asOf)].sort();
}

const ran = (nodeId: string, seconds: number, ...upstreamNodeIds: string[]) =>
  taskRowOf({ nodeId, upstreamNodeIds, durationMs: seconds * 1000 });

test("of two ways through the run it is the one that took longer, whatever its number of tasks", () => {
  expect(
    pathOf([
      ran("a", 1),
      ran("long", 50, "a"),
      ran("b", 5, "a"),
      ran("c", 6, "b"),
      ran("d", 7, "c"),
      ran("end", 1, "long", "d"),
    ]),
  ).toEqual(["a", "end", "long"]);
});

test("what runs counts as long as it has run, and what waits behind it is not on the way yet", () => {
  const running = taskRowOf({
    nodeId: "b",
    upstreamNodeIds: ["a"],
    status: "running",
    startedAt: "2026-01-01T00:08:00.000Z",
  });
  const waiting = taskRowOf({ nodeId: "c", upstreamNodeIds: ["b"], status: "pending" });
  expect(pathOf([ran("a", 10), ran("x", 60, "a"), running, waiting])).toEqual(["a", "b"]);
});

test("a task from the cache took no time, and a run in which nothing ran has no path", () => {
  expect(pathOf([taskRowOf({ nodeId: "a", durationMs: 5_000, cacheHit: true }), ran("b", 1)])).toEqual(["b"]);
  expect(pathOf([taskRowOf({ nodeId: "a", status: "queued" })])).toEqual([]);
});
