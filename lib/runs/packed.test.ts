import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { layoutGraph } from "./layout";
import { packRun, unpackRun } from "./packed";
import type { RunState } from "./query-options";

const run: RunState["run"] = {
  id: "run-1",
  status: "running",
  workflowId: "flow",
  workflowName: "flow",
  versionNumber: 1,
  triggeredBy: "somebody",
  taskCounts: { pending: 1, queued: 0, running: 1, succeeded: 1, failed: 0, skipped: 0, cancelled: 0 },
  inputs: [{ kind: "dataset", id: "d" }],
  startedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: null,
  durationMs: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  workflowSlug: "flow",
  projectName: null,
  failedTaskIds: [],
  artifactCount: 0,
  stdoutLineCount: 0,
  stderrLineCount: 0,
  summary: { note: "kept as it is" },
  retryOfRunId: null,
  cancelRequestedAt: null,
  aggSeq: 3,
  asOf: "2026-01-01T00:00:05.000Z",
};

test("a packed run is the same run: rows with and without optional fields, every edge, and what each task waits for", () => {
  const tasks = [
    taskRowOf({ nodeId: "a", stalls: 1 }),
    taskRowOf({ nodeId: "b", status: "running", upstreamNodeIds: ["a"], errorMessage: 'a "quoted" one' }),
    taskRowOf({ nodeId: "c", status: "pending", upstreamNodeIds: ["b", "a"] }),
  ];
  const graph = layoutGraph(
    tasks.map(({ nodeId, name, nodeType, upstreamNodeIds }) => ({
      id: nodeId,
      name,
      nodeType,
      upstreamNodeIds,
    })),
  );
  const state: RunState = { run, tasks, seq: "17.3" };
  const unpacked = unpackRun(packRun(state, graph));
  expect(unpacked.graph).toEqual(graph);
  expect(unpacked.state).toEqual(state);
  expect(Object.keys(unpacked.state.tasks[1] ?? {})).not.toContain("stalls");
});

test("a run without tasks yet has a graph all the same", () => {
  const graph = layoutGraph([{ id: "a", name: "a", nodeType: "load", upstreamNodeIds: [] }]);
  expect(unpackRun(packRun({ run, tasks: [], seq: "0.0" }, graph))).toEqual({
    graph,
    state: { run, tasks: [], seq: "0.0" },
  });
});
