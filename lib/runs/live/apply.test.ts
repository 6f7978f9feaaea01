import { expect, test } from "vitest";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { taskRowOf } from "@/lib/testing/task-rows";
import type { RunState } from "../query-options";
import { toRunRow } from "../rows";
import type { TaskRow } from "../schema";
import { figuresAgree, newerOf, withChanges } from "./apply";
import { type RunChanges, taskPatch } from "./events";

const at = "2026-01-01T00:00:00.000Z";
const later = "2026-01-01T00:00:09.000Z";

function stateOf(tasks: TaskRow[], aggSeq = 1): RunState {
  const { run } = newRunOf(
    "run-1",
    tasks.map(({ nodeId, status }) => newTaskOf("run-1", nodeId, { status })),
  );
  return {
    run: {
      ...toRunRow(run),
      workflowSlug: "flow",
      projectName: null,
      failedTaskIds: [],
      artifactCount: 0,
      stdoutLineCount: 0,
      stderrLineCount: 0,
      summary: {},
      retryOfRunId: null,
      cancelRequestedAt: null,
      aggSeq,
      asOf: at,
    },
    tasks,
    seq: "1.1",
  };
}

const changeOf = (task: TaskRow, run?: RunChanges["run"]): RunChanges => ({
  runId: "run-1",
  seq: "2.2",
  asOf: later,
  ...(run && { run }),
  tasks: [{ taskId: task.id, patch: taskPatch.parse(task) }],
});

const a = taskRowOf({ nodeId: "a", status: "running", fence: 2 });
const b = taskRowOf({ nodeId: "b", status: "pending", fence: 0 });

test("a change replaces its task alone: the others stay the same objects, in their places", () => {
  const ended = { ...a, status: "succeeded" as const, fence: 3 };
  const next = withChanges(stateOf([a, b]), changeOf(ended, { aggSeq: 2 }));
  expect(next?.tasks).toEqual([ended, b]);
  expect(next?.tasks[1]).toBe(b);
  expect(next).toMatchObject({ seq: "2.2", run: { asOf: later, aggSeq: 2 } });
});

test("what a task no longer has is gone from its row", () => {
  const lost = { ...a, stalls: 2 };
  const next = withChanges(stateOf([lost]), changeOf({ ...a, fence: 3 }));
  expect(next?.tasks).toEqual([{ ...a, fence: 3 }]);
});

test("what was told late changes nothing that is newer, of a task or of the run", () => {
  const state = stateOf([a, b], 5);
  const next = withChanges(
    state,
    changeOf({ ...a, status: "queued", fence: 1 }, { aggSeq: 4, status: "queued" }),
  );
  expect(next?.tasks).toBe(state.tasks);
  expect(next?.run).toEqual({ ...state.run, asOf: later });
});

test("a change of a task that is not known says that the run must be read anew", () => {
  expect(withChanges(stateOf([a]), changeOf(b))).toBeNull();
});

test("an answer that was on its way does not take back what was told meanwhile", () => {
  const told = stateOf([{ ...a, status: "succeeded", fence: 3 }, b], 7);
  const read = stateOf([a, { ...b, status: "queued", fence: 1 }], 6);
  const merged = newerOf(told, read);
  expect(merged.tasks.map(({ status }) => status)).toEqual(["succeeded", "queued"]);
  expect(merged.run.aggSeq).toBe(7);
});

test("the figures of a run agree with its tasks, or something was missed", () => {
  const state = stateOf([a, b]);
  expect(figuresAgree(state)).toBe(true);
  expect(figuresAgree({ ...state, tasks: [a, { ...b, status: "queued" }] })).toBe(false);
});
