import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { type Completion, claimTask, completeTask, heartbeatTask, reapTask } from "./advance";
import { aggregateRun } from "./aggregate";
import { createRuns } from "./create";
import { getRun, listRunTasks } from "./queries";
import { settleAfter } from "./settle";

testDatabase();
testMongo();

const done: Completion = {
  outcome: "succeeded",
  errorMessage: null,
  stdoutCount: 3,
  stderrCount: 0,
  outputArtifactIds: [],
  lastResultPreview: null,
};
const broken: Completion = {
  ...done,
  outcome: "failed",
  errorMessage: "$NaN is not a $number",
  stderrCount: 2,
};

let scope: WorkspaceScope;
let runId: string;
beforeEach(async () => {
  scope = await memberScope("editor");
  runId = `run-${randomBytes(6).toString("hex")}`;
  const task = (nodeId: string, ...upstreamNodeIds: string[]) =>
    newTaskOf(runId, nodeId, { upstreamNodeIds });
  await createRuns(scope, [
    newRunOf(runId, [task("a"), task("b"), task("c", "a", "b"), task("d", "c"), task("e", "a")]),
  ]);
});

async function stored(nodeId: string): Promise<RunTask> {
  const task = await scoped(scope)
    .collection(runTasks)
    .findOne({ _id: `${runId}.${nodeId}` });
  if (!task) throw new Error(`There is no task ${nodeId}`);
  return task;
}

async function claimed(nodeId: string): Promise<RunTask> {
  const task = await claimTask(scope, await stored(nodeId), "worker-1", `${runId}.log`);
  if (!task) throw new Error(`${nodeId} could not be claimed`);
  return task;
}

async function play(nodeId: string, completion: Completion): Promise<void> {
  const { _id: taskId, fence } = await claimed(nodeId);
  expect(await completeTask(scope, { taskId, fence }, completion)).toBe("completed");
  await settleAfter(scope, runId, [nodeId]);
  await aggregateRun(scope, runId);
}

const statuses = async () =>
  Object.fromEntries((await listRunTasks(scope, runId)).map((task) => [task.nodeId, task.status]));

describe("a claim", () => {
  test("gives a queued task to one of many workers, with a lease from the same write", async () => {
    const task = await stored("a");
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, at) => claimTask(scope, task, `worker-${at}`, null)),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    const running = await stored("a");
    expect(running).toMatchObject({ status: "running", fence: 1, deliveries: 1 });
    expect(running.leaseExpiresAt?.getTime()).toBeGreaterThan(running.startedAt?.getTime() ?? Number.NaN);
  });

  test("is refused for a task that waits, and for one whose run is not wholly stored", async () => {
    expect(await claimTask(scope, await stored("c"), "worker-1", null)).toBeNull();
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: `${runId}.a` }, { $set: { hold: "init" } });
    expect(await claimTask(scope, await stored("a"), "worker-1", null)).toBeNull();
  });
});

describe("a completion", () => {
  test("is taken once; sent again it is the same answer, and what it would say otherwise changes nothing", async () => {
    const { _id: taskId, fence } = await claimed("a");
    expect(await completeTask(scope, { taskId, fence }, done)).toBe("completed");
    const first = await stored("a");
    expect(await completeTask(scope, { taskId, fence }, broken)).toBe("repeated");
    expect(await stored("a")).toEqual(first);
    expect(first).toMatchObject({ status: "succeeded", fence: 2, stdoutCount: 3, leaseExpiresAt: null });
    expect(typeof first.durationMs).toBe("number");
  });

  test("of a worker whose task was given to another one changes nothing", async () => {
    const { _id: taskId, fence } = await claimed("a");
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: taskId }, { $set: { leaseExpiresAt: new Date(0) } });
    expect(await reapTask(scope, { taskId, fence })).toBe("reaped");
    const second = await claimed("a");
    expect(await completeTask(scope, { taskId, fence }, done)).toBe("fenced_out");
    expect(await heartbeatTask(scope, { taskId, fence })).toBe("lost");
    expect(await stored("a")).toMatchObject({
      status: "running",
      fence: second.fence,
      stalls: 1,
      deliveries: 2,
      attempt: 1,
    });
  });

  test("keeps an error message that looks like an expression as it is", async () => {
    await play("a", broken);
    expect((await stored("a")).errorMessage).toBe("$NaN is not a $number");
  });
});

describe("a lease", () => {
  test("that has not ended keeps its task", async () => {
    const { _id: taskId, fence } = await claimed("a");
    expect(await reapTask(scope, { taskId, fence })).toBe("alive");
    expect(await heartbeatTask(scope, { taskId, fence })).toBe("go_on");
  });

  test("that ended is taken by one of two reapers; a task lost too often fails", async () => {
    for (const expected of ["queued", "queued", "failed"]) {
      const { _id: taskId, fence } = await claimed("a");
      await scoped(scope)
        .collection(runTasks)
        .updateOne({ _id: taskId }, { $set: { leaseExpiresAt: new Date(0) } });
      const answers = await Promise.all([1, 2].map(() => reapTask(scope, { taskId, fence })));
      expect(answers.sort()).toEqual(["alive", "reaped"]);
      expect((await stored("a")).status).toBe(expected);
    }
  });

  test("tells its worker of a cancel, and when it ends the task is cancelled", async () => {
    const { _id: taskId, fence } = await claimed("a");
    const tasks = scoped(scope).collection(runTasks);
    await tasks.updateOne({ _id: taskId }, { $set: { cancelRequestedAt: new Date() } });
    expect(await heartbeatTask(scope, { taskId, fence })).toBe("cancel");
    await tasks.updateOne({ _id: taskId }, { $set: { leaseExpiresAt: new Date(0) } });
    expect(await reapTask(scope, { taskId, fence })).toBe("reaped");
    expect((await stored("a")).status).toBe("cancelled");
  });
});

describe("what follows", () => {
  test("a task is queued when the last it waits for has succeeded, and not before", async () => {
    await play("a", done);
    expect(await statuses()).toMatchObject({ c: "pending", e: "queued" });
    await play("b", done);
    expect(await statuses()).toMatchObject({ c: "queued", d: "pending" });
  });

  test("everything behind a failure is skipped, and says because of what", async () => {
    await play("b", broken);
    expect(await statuses()).toEqual({ a: "queued", b: "failed", c: "skipped", d: "skipped", e: "pending" });
    expect((await stored("c")).skipReason).toEqual({ upstream: ["b"] });
    expect((await stored("d")).skipReason).toEqual({ upstream: ["c"] });
  });

  test("the run follows its tasks: counts always sum up, and it is final only when all of them are", async () => {
    expect((await getRun(scope, runId))?.status).toBe("queued");
    for (const [nodeId, completion, status] of [
      ["a", done, "running"],
      ["b", broken, "running"],
      ["e", done, "failed"],
    ] as const) {
      await play(nodeId, completion);
      const run = await getRun(scope, runId);
      expect(run?.status).toBe(status);
      expect(Object.values(run?.taskCounts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(5);
    }
    expect(await getRun(scope, runId)).toMatchObject({
      taskCounts: { succeeded: 2, failed: 1, skipped: 2 },
      failedTaskIds: [`${runId}.b`],
      stdoutLineCount: 9,
      stderrLineCount: 2,
    });
    const { startedAt, finishedAt, durationMs } = (await getRun(scope, runId)) ?? {};
    expect(durationMs).toBe(Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? ""));
  });

  test("aggregates at once end with the figures of the last transition", async () => {
    const held = await Promise.all(["a", "b"].map(claimed));
    await Promise.all(
      held.map(async ({ _id: taskId, fence, nodeId }) => {
        await completeTask(scope, { taskId, fence }, done);
        await settleAfter(scope, runId, [nodeId]);
        await Promise.all([1, 2, 3].map(() => aggregateRun(scope, runId)));
      }),
    );
    const run = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
    expect(run).toMatchObject({
      taskCounts: { succeeded: 2, queued: 2, pending: 1 },
      completedTaskCount: 2,
      aggSeq: 6,
    });
  });
});
