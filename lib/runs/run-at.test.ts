import { describe, expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import type { AttemptRow } from "./past-schema";
import { momentsOf, runAt } from "./run-at";
import type { TaskRow } from "./schema";

const at = (time: string) => `2026-11-20T${time}:00.000Z`;

const load = taskRowOf({
  nodeId: "load",
  queuedAt: at("10:00"),
  startedAt: at("10:10"),
  finishedAt: at("10:30"),
  durationMs: 1_200_000,
});
const skipped = taskRowOf({ nodeId: "skipped", status: "skipped", finishedAt: at("10:40") });

/** Failed at 10:50, retried at 11:00, running since 11:05. */
const retried = taskRowOf({
  nodeId: "align",
  status: "running",
  attempt: 2,
  fence: 5,
  queuedAt: at("11:01"),
  startedAt: at("11:05"),
});
const firstTry: AttemptRow = {
  id: "task-align:2",
  taskId: "task-align",
  nodeId: "align",
  attempt: 1,
  fence: 2,
  status: "failed",
  workerId: "worker-1",
  stalls: 0,
  logRef: "log-1",
  stdoutCount: 0,
  stderrCount: 0,
  artifactCount: 0,
  errorMessage: "out of memory",
  queuedAt: at("10:30"),
  startedAt: at("10:35"),
  finishedAt: at("10:50"),
  durationMs: 900_000,
  archivedAt: at("11:00"),
};

const statusesOf = (tasks: readonly TaskRow[], attempts: readonly AttemptRow[], times: string[]) =>
  times.map((time) => runAt(tasks, attempts, at(time)).tasks[0]?.status);

describe("a task as it was", () => {
  test("waits, is queued, runs and ends at the times that it carries", () => {
    expect(statusesOf([load], [], ["09:59", "10:00", "10:10", "10:29", "10:30"])).toEqual([
      "pending",
      "queued",
      "running",
      "running",
      "succeeded",
    ]);
  });

  test("is pending until it was skipped", () => {
    expect(statusesOf([skipped], [], ["10:39", "10:40"])).toEqual(["pending", "skipped"]);
  });

  test("has failed until it was retried, and then waits for its next attempt", () => {
    const times = ["10:30", "10:49", "10:50", "10:59", "11:00", "11:01", "11:05"];
    expect(statusesOf([retried], [firstTry], times)).toEqual([
      "queued",
      "running",
      "failed",
      "failed",
      "pending",
      "queued",
      "running",
    ]);
  });

  test("knows nothing of what came later", () => {
    const [running] = runAt([load], [], at("10:20")).tasks;
    expect(running).toMatchObject({ startedAt: at("10:10"), finishedAt: null, durationMs: null });
    const [failed] = runAt([retried], [firstTry], at("10:55")).tasks;
    expect(failed).toMatchObject({ attempt: 1, errorMessage: "out of memory", finishedAt: at("10:50") });
    const [waiting] = runAt([retried], [firstTry], at("11:00")).tasks;
    expect(waiting).toMatchObject({ queuedAt: null, startedAt: null, errorMessage: null });
  });

  test("is the very same row once it was over, so that it is not drawn again", () => {
    expect(runAt([load, retried], [firstTry], at("11:30")).tasks).toEqual([load, retried]);
    expect(runAt([load], [], at("10:31")).tasks[0]).toBe(load);
  });

  test("has only those attempts behind it that had been put away", () => {
    expect(runAt([retried], [firstTry], at("10:59")).earlier.get("task-align")).toBeUndefined();
    expect(runAt([retried], [firstTry], at("11:00")).earlier.get("task-align")).toEqual([firstTry]);
  });
});

test("moments are those at which a status changed, once each and in order", () => {
  expect(momentsOf([load, retried], [firstTry])).toEqual(
    ["10:00", "10:10", "10:30", "10:35", "10:50", "11:00", "11:01", "11:05"].map(at),
  );
});
