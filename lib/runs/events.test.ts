import { describe, expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { isProblem, type RunEvent, runEvents, taskOfEvent } from "./events";
import type { AttemptRow, RunAct } from "./past-schema";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds)).toISOString();

const run = {
  status: "failed",
  triggeredBy: "ines",
  retryOfRunId: null,
  createdAt: at(0),
  finishedAt: at(40),
  durationMs: 39_000,
  cancelRequestedAt: null,
} as const;

const earlier: AttemptRow = {
  id: "t1:3",
  taskId: "t1",
  nodeId: "load",
  attempt: 1,
  fence: 3,
  status: "failed",
  workerId: "worker-1",
  stalls: 1,
  logRef: "log-1",
  stdoutCount: 0,
  stderrCount: 0,
  artifactCount: 0,
  errorMessage: "no space left",
  queuedAt: at(1),
  startedAt: at(2),
  finishedAt: at(5),
  durationMs: 3_000,
  archivedAt: at(10),
};

const retry: RunAct = {
  id: "act-1",
  at: at(10),
  action: "run.retry_tasks",
  actor: "user",
  person: "Ines Okafor",
  reason: null,
  taskIds: ["t1"],
};

/** The trail has an entry for it too; the history tells it once. */
const made: RunAct = { ...retry, id: "act-0", at: at(0), action: "run.start", taskIds: [] };

const load = taskRowOf({
  nodeId: "load",
  status: "failed",
  id: "t1",
  attempt: 2,
  queuedAt: at(10),
  startedAt: at(20),
  finishedAt: at(40),
  errorMessage: "no space left",
});

const tell = (events: RunEvent[]) => events.map((event) => `${event.at.slice(17, 19)} ${event.kind}`);

describe("the history of a run", () => {
  test("is told in the order of time, each attempt with its queue, its start and its end", () => {
    const events = runEvents({ run, tasks: [load], attempts: [earlier], acts: [made, retry] });
    expect(tell(events)).toEqual([
      "00 created",
      "01 queued",
      "02 started",
      "05 ended",
      "10 act",
      "10 queued",
      "20 started",
      "40 ended",
      "40 over",
    ]);
  });

  test("an attempt that was put away belongs to its task, under its own number", () => {
    const events = runEvents({ run, tasks: [load], attempts: [earlier], acts: [] });
    const starts = events.filter((event) => event.kind === "started");
    expect(starts.map((event) => [taskOfEvent(event), event.attempt, event.workerId])).toEqual([
      ["t1", 1, "worker-1"],
      ["t1", 2, null],
    ]);
    expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
  });

  test("problems are failures and lost workers, not what they led to", () => {
    const behind = taskRowOf({ nodeId: "report", status: "skipped", finishedAt: at(40) });
    const events = runEvents({ run, tasks: [load, behind], attempts: [earlier], acts: [retry] });
    expect(tell(events.filter(isProblem))).toEqual(["02 started", "05 ended", "40 ended", "40 over"]);
  });

  test("a cancellation is told once: by who asked where the trail knows, else by the run", () => {
    const cancelled = { ...run, status: "cancelled", cancelRequestedAt: at(30) } as const;
    const asked: RunAct = { ...retry, id: "act-2", at: at(30), action: "run.cancel", taskIds: [] };
    const told = (acts: RunAct[]) =>
      tell(runEvents({ run: cancelled, tasks: [], attempts: [], acts })).filter((line) => line > "30");
    expect(told([])).toEqual(["30 cancel_requested", "40 over"]);
    expect(told([asked])).toEqual(["30 act", "40 over"]);
  });
});
