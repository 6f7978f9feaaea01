import { describe, expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { executionAt, executionsOf } from "./executions";
import type { AttemptRow } from "./past-schema";

const attemptOf = (values: Partial<AttemptRow> & Pick<AttemptRow, "fence" | "attempt">): AttemptRow => ({
  id: `task-load:${values.fence}`,
  taskId: "task-load",
  nodeId: "load",
  status: "failed",
  workerId: null,
  stalls: 0,
  logRef: `log-${values.fence}`,
  stdoutCount: 0,
  stderrCount: 0,
  artifactCount: 0,
  errorMessage: null,
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
  durationMs: null,
  archivedAt: "2026-01-01T12:00:00.000Z",
  ...values,
});

describe("executions of a task", () => {
  test("are numbered in the order in which they were, the present one last", () => {
    const task = taskRowOf({ nodeId: "load", attempt: 3, status: "running" });
    const past = [attemptOf({ fence: 9, attempt: 2 }), attemptOf({ fence: 3, attempt: 1 })];
    const executions = executionsOf(task, past);
    expect(executions.map(({ number, key, present }) => [number, key, present])).toEqual([
      [1, "task-load:3", false],
      [2, "task-load:9", false],
      [3, "task-load", true],
    ]);
  });

  test("one that nobody asked for was carried along by a retry before it", () => {
    const task = taskRowOf({ nodeId: "load", attempt: 2 });
    const past = [attemptOf({ fence: 3, attempt: 1 }), attemptOf({ fence: 6, attempt: 1 })];
    expect(executionsOf(task, past).map(({ carriedAlong }) => carriedAlong)).toEqual([false, true, false]);
  });

  test("are those of the task alone", () => {
    const task = taskRowOf({ nodeId: "load" });
    expect(executionsOf(task, [attemptOf({ fence: 1, attempt: 1, taskId: "task-other" })])).toHaveLength(1);
  });

  test("while a task waits to run again, the log that opens is that of its last run", () => {
    const waiting = taskRowOf({ nodeId: "load", attempt: 2, status: "queued" });
    const executions = executionsOf(waiting, [attemptOf({ fence: 3, attempt: 1 })]);
    expect(executionAt(executions, null)?.number).toBe(1);
    expect(executionAt(executions, 2)?.number).toBe(2);
    expect(executionAt(executions, 7)?.number).toBe(1);
  });
});
