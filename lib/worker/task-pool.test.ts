import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workerPlatformScope } from "@/lib/auth/access";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { type RunTask, runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { cancelRun } from "@/lib/runs/control/cancel";
import { createRuns, type NewTask } from "@/lib/runs/create";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { type PoolSettings, TaskPool } from "./task-pool";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let runId: string;
beforeEach(async () => {
  scope = await memberScope("editor");
  runId = `run-${randomBytes(6).toString("hex")}`;
});

const sleepTask = (nodeId: string, durationMs: number, values: Partial<NewTask> = {}) =>
  newTaskOf(runId, nodeId, {
    nodeType: "sleep",
    executorType: "builtin",
    executorConfig: { durationMs },
    ...values,
  });

async function makeRun(...tasks: NewTask[]): Promise<void> {
  await createRuns(scope, [newRunOf(runId, tasks)]);
}

async function stored(nodeId: string): Promise<RunTask> {
  const task = await scoped(scope).collection(runTasks).findOne({ workflowRunId: runId, nodeId });
  if (!task) throw new Error(`There is no task ${nodeId}`);
  return task;
}

async function run(): Promise<WorkflowRun> {
  const found = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  if (!found) throw new Error("There is no run");
  return found;
}

/** Works with a pool while `during` lasts; then the pool stops, as at the end of a process. */
async function withPool(during: () => Promise<unknown>, settings: Partial<PoolSettings> = {}): Promise<void> {
  const stop = new AbortController();
  const pool = new TaskPool(workerPlatformScope(), {
    workerId: "pool-1",
    slots: 4,
    executors: ["builtin"],
    ...settings,
  });
  const working = pool.work(stop.signal);
  try {
    await during();
  } finally {
    stop.abort();
    await working;
  }
}

const until = (check: () => Promise<boolean>) => vi.waitUntil(check, { timeout: 15_000, interval: 50 });
const ended = (status: WorkflowRun["status"]) => () => until(async () => (await run()).status === status);

describe("the pool of a worker", () => {
  test("works a graph to its end: what waits begins when what is before it has succeeded", async () => {
    await makeRun(
      sleepTask("a", 1),
      sleepTask("b", 1, { upstreamNodeIds: ["a"] }),
      sleepTask("c", 1, { upstreamNodeIds: ["a"] }),
      sleepTask("d", 1, { upstreamNodeIds: ["b", "c"] }),
    );
    await withPool(ended("succeeded"));
    expect(await run()).toMatchObject({ completedTaskCount: 4, failedTaskIds: [], stdoutLineCount: 4 });
    const [a, d] = [await stored("a"), await stored("d")];
    expect(a).toMatchObject({
      workerId: "pool-1",
      deliveries: 1,
      stalls: 0,
      lastResultPreview: { sleptMs: 1 },
    });
    expect(d.startedAt?.getTime()).toBeGreaterThanOrEqual(
      a.finishedAt?.getTime() ?? Number.POSITIVE_INFINITY,
    );
  });

  test("writes each task's log as an episode of the task, with its tail and its counts on the task", async () => {
    await makeRun(sleepTask("a", 1));
    await withPool(ended("succeeded"));
    const task = await stored("a");
    const episode = await scoped(scope)
      .collection(logMetadata)
      .findOne({ episodeId: task.logRef ?? "" });
    expect(episode?.producer).toMatchObject({ kind: "run_task", runId, taskId: task._id });
    const rows = await scoped(scope)
      .collection(logEntries)
      .find({ episodeId: task.logRef ?? "" }, { sort: { sequenceNumber: 1 } })
      .toArray();
    expect(rows).toMatchObject([
      { message: "Attempt 1 on pool-1", metadata: { stream: "system" } },
      { message: "Sleeping 1 ms", metadata: { stream: "stdout" } },
      { message: expect.stringMatching(/^Succeeded in /), metadata: { stream: "system" } },
    ]);
    expect(task).toMatchObject({
      stdoutCount: 1,
      stderrCount: 0,
      stdoutLines: ["Sleeping 1 ms"],
      stderrLines: [],
    });
    expect(task.logLines).toEqual(rows.map(({ message }) => message));
  });

  test("a task that may not take that long fails and says so", async () => {
    await makeRun(sleepTask("a", 60_000, { executorConfig: { durationMs: 60_000, timeoutMs: 50 } }));
    await withPool(ended("failed"));
    expect((await stored("a")).errorMessage).toContain("50 ms it may take");
  });

  test("a cancellation reaches what runs by its heartbeat, and what waits is not begun", async () => {
    await makeRun(sleepTask("a", 60_000), sleepTask("b", 1, { upstreamNodeIds: ["a"] }));
    await withPool(
      async () => {
        await until(async () => (await stored("a")).status === "running");
        expect(await cancelRun(scope, runId)).toMatchObject({ ok: true });
        await ended("cancelled")();
      },
      { heartbeatEveryMs: 50 },
    );
    expect([(await stored("a")).status, (await stored("b")).status]).toEqual(["cancelled", "cancelled"]);
  });

  test("a worker that stops puts its tasks back into the queue, and another one does them", async () => {
    await makeRun(sleepTask("a", 60_000));
    await withPool(() => until(async () => (await stored("a")).status === "running"));
    expect(await stored("a")).toMatchObject({ status: "queued", stalls: 0, leaseExpiresAt: null });
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ workflowRunId: runId, nodeId: "a" }, { $set: { executorConfig: { durationMs: 1 } } });
    await withPool(ended("succeeded"), { workerId: "pool-2" });
    expect(await stored("a")).toMatchObject({
      workerId: "pool-2",
      deliveries: 2,
      attempt: 1,
      stdoutCount: 2,
    });
  });

  test("a task whose executor has no such node type fails and names those there are", async () => {
    await makeRun(sleepTask("a", 1, { nodeType: "dance" }));
    await withPool(ended("failed"));
    expect((await stored("a")).errorMessage).toMatch(/no node type dance; it has .*sleep/);
  });

  test("settings that cannot be read fail the task and are named", async () => {
    await makeRun(sleepTask("a", -5));
    await withPool(ended("failed"));
    expect((await stored("a")).errorMessage).toMatch(/^executorConfig\.durationMs: /);
  });

  test("what a set operation leaves of the assets is what comes behind it works on", async () => {
    const builtin = (nodeId: string, nodeType: string, values: Partial<NewTask>) =>
      newTaskOf(runId, nodeId, { nodeType, executorType: "builtin", ...values });
    const done = (nodeId: string, outputAssetIds: string[]) =>
      builtin(nodeId, "filter", { status: "succeeded", assetIds: ["a", "b", "c"], outputAssetIds });
    await makeRun(
      done("left", ["a", "b"]),
      done("right", ["b", "c"]),
      builtin("both", "set", {
        upstreamNodeIds: ["left", "right"],
        executorConfig: { operation: "intersection" },
        status: "queued",
      }),
      builtin("last", "sleep", {
        upstreamNodeIds: ["both"],
        executorConfig: { durationMs: 1 },
        assetIds: ["a", "b", "c"],
      }),
    );
    await withPool(ended("succeeded"));
    expect(await stored("both")).toMatchObject({ outputAssetIds: ["b"] });
    expect(await stored("last")).toMatchObject({
      assetIds: ["b"],
      summary: { assetCount: 1, executor: "builtin" },
    });
  });

  test("two workers share the tasks and none is done twice", async () => {
    await makeRun(...Array.from({ length: 30 }, (_, n) => sleepTask(`n${n}`, 5)));
    await withPool(() => withPool(ended("succeeded"), { workerId: "pool-2" }));
    const all = await scoped(scope)
      .collection(runTasks)
      .find({ workflowRunId: runId }, { sort: { nodeId: 1 } })
      .toArray();
    expect(all.map(({ deliveries, fence }) => [deliveries, fence])).toEqual(all.map(() => [1, 2]));
    expect(new Set(all.map(({ workerId }) => workerId)).size).toBe(2);
  });
});
