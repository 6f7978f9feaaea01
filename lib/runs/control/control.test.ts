import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workerPlatformScope } from "@/lib/auth/access";
import { type RunTask, runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { redrive } from "@/lib/worker/redrive";
import { type Completion, completeTask, heartbeatTask } from "../advance";
import { aggregateRun } from "../aggregate";
import { claimNext } from "../claim";
import { createRuns } from "../create";
import { cancelGraceMs, finishOperation } from "../redrive";
import { settleAfter } from "../settle";
import { listAttempts } from "./attempts";
import { type CancelStep, cancelRun } from "./cancel";
import { previewCancel, previewRetry } from "./preview";
import { type RetryStep, retryFailed, retryTasks } from "./retry-tasks";

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
const broken: Completion = { ...done, outcome: "failed", errorMessage: "out of memory", stderrCount: 2 };

let scope: WorkspaceScope;
let runId: string;
beforeEach(async () => {
  scope = await memberScope("editor");
  runId = `run-${randomBytes(6).toString("hex")}`;
  const task = (nodeId: string, ...upstreamNodeIds: string[]) =>
    newTaskOf(runId, nodeId, { upstreamNodeIds, executorType: "process" });
  await createRuns(scope, [
    newRunOf(runId, [task("a"), task("b", "a"), task("c", "b"), task("d", "a"), task("e", "c", "d")]),
  ]);
});

const id = (nodeId: string) => `${runId}.${nodeId}`;
const worker = { executors: ["process"], workerId: "worker-1" };

async function stored(nodeId: string): Promise<RunTask> {
  const task = await scoped(scope)
    .collection(runTasks)
    .findOne({ _id: id(nodeId) });
  if (!task) throw new Error(`There is no task ${nodeId}`);
  return task;
}

async function run(): Promise<WorkflowRun> {
  const found = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  if (!found) throw new Error("There is no run");
  return found;
}

const statuses = async () => {
  const all = await scoped(scope)
    .collection(runTasks)
    .find({ workflowRunId: runId }, { sort: { nodeId: 1 } })
    .toArray();
  return all.map(({ nodeId, status }) => `${nodeId} ${status}`).join(", ");
};

async function end(task: RunTask, completion: Completion): Promise<"completed" | "fenced_out"> {
  const answer = await completeTask(scope, { taskId: task._id, fence: task.fence }, completion);
  await settleAfter(scope, runId, [task.nodeId]);
  await aggregateRun(scope, runId);
  return answer;
}

/** Plays what can be played; `failing` fail. */
async function play(failing: string[] = [], most = 100): Promise<void> {
  for (let n = 0; n < most; n++) {
    const task = await claimNext(scope, worker);
    if (!task) return;
    await end(task, failing.includes(task.nodeId) ? broken : done);
  }
}

/** The process that drives an operation dies at a step, and later somebody finds what it left. */
async function killedAt<S extends string>(step: S, operation: (onStep: (at: S) => void) => Promise<unknown>) {
  const killed = new Error("killed");
  await expect(
    operation((at) => {
      if (at === step) throw killed;
    }),
  ).rejects.toBe(killed);
  await finishOperation(scope, await run());
}

describe("cancelling a run", () => {
  test("ends what waits at once, and what runs when its worker hears of it", async () => {
    const task = await claimNext(scope, worker);
    if (!task) throw new Error("Nothing to claim");
    expect(await cancelRun(scope, runId)).toMatchObject({ ok: true });
    expect(await statuses()).toBe("a running, b cancelled, c cancelled, d cancelled, e cancelled");
    expect((await run()).status).toBe("cancelling");
    expect(await heartbeatTask(scope, { taskId: task._id, fence: task.fence })).toBe("cancel");
    expect(await end(task, { ...done, outcome: "cancelled" })).toBe("completed");
    expect(await run()).toMatchObject({ status: "cancelled", control: null });
  });

  test("leaves work that was done before the word reached it succeeded", async () => {
    const task = await claimNext(scope, worker);
    if (!task) throw new Error("Nothing to claim");
    await cancelRun(scope, runId);
    expect(await end(task, done)).toBe("completed");
    expect(await stored("a")).toMatchObject({ status: "succeeded" });
    expect((await run()).status).toBe("cancelled");
  });

  test.each<CancelStep>(["taken", "told", "released"])(
    "goes on when its process dies after %s",
    async (step) => {
      await play([], 1);
      await killedAt<CancelStep>(step, (onStep) => cancelRun(scope, runId, onStep));
      await aggregateRun(scope, runId);
      expect(await statuses()).toBe("a succeeded, b cancelled, c cancelled, d cancelled, e cancelled");
      expect(await run()).toMatchObject({ status: "cancelled", control: null });
    },
  );

  test("is forced on a worker that does not answer within the grace time", async () => {
    const task = await claimNext(scope, worker);
    if (!task) throw new Error("Nothing to claim");
    await cancelRun(scope, runId);
    const long = new Date(Date.now() - cancelGraceMs - 60_000);
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: task._id }, { $set: { cancelRequestedAt: long } });
    await scoped(scope)
      .collection(workflowRuns)
      .updateOne({ _id: runId }, { $set: { updatedAt: long } });
    await redrive(workerPlatformScope(), new AbortController().signal);
    expect((await stored("a")).status).toBe("cancelled");
    expect((await run()).status).toBe("cancelled");
    expect(await end(task, done)).toBe("fenced_out");
  });

  test("is refused twice, after the end, and for a run of somebody else", async () => {
    const [one, other] = await Promise.all([cancelRun(scope, runId), cancelRun(scope, runId)]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
    expect(await cancelRun(scope, runId)).toMatchObject({ ok: false, code: "conflict" });
    expect(await cancelRun(await memberScope("owner"), runId)).toMatchObject({
      ok: false,
      code: "not_found",
    });
  });
});

describe("retrying a task", () => {
  test("runs it and everything behind it again, counts its attempt alone, and keeps what was", async () => {
    await play(["b"]);
    expect(await statuses()).toBe("a succeeded, b failed, c skipped, d succeeded, e skipped");
    expect((await run()).status).toBe("failed");
    const before = await stored("b");

    expect(await retryTasks(scope, runId, [id("b")])).toMatchObject({ ok: true });
    expect(await statuses()).toBe("a succeeded, b queued, c pending, d succeeded, e pending");
    expect(await run()).toMatchObject({ status: "running", finishedAt: null, control: null });
    await play();
    expect(await statuses()).toBe("a succeeded, b succeeded, c succeeded, d succeeded, e succeeded");
    expect((await run()).status).toBe("succeeded");
    expect([(await stored("b")).attempt, (await stored("c")).attempt]).toEqual([2, 1]);
    expect((await stored("b")).logRef).toBe(`${runId}.b.2`);
    const [attempt, ...others] = await listAttempts(scope, id("b"));
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({
      attempt: 1,
      status: "failed",
      errorMessage: "out of memory",
      fence: before.fence,
      logRef: before.logRef,
    });
  });

  test.each<RetryStep>(["taken", "reset", "reset_all", "archived", "unheld", "released"])(
    "goes on when its process dies after %s, and counts the attempt once",
    async (step) => {
      await play(["a"]);
      await killedAt<RetryStep>(step, (onStep) => retryTasks(scope, runId, [id("a")], { onStep }));
      await scoped(scope)
        .collection(workflowRuns)
        .updateOne({ _id: runId }, { $set: { updatedAt: new Date(0) } });
      await redrive(workerPlatformScope(), new AbortController().signal);
      await play();
      expect(await statuses()).toBe("a succeeded, b succeeded, c succeeded, d succeeded, e succeeded");
      expect(await run()).toMatchObject({ status: "succeeded", control: null, completedTaskCount: 5 });
      expect((await stored("a")).attempt).toBe(2);
      expect((await listAttempts(scope, id("a"))).map(({ status }) => status)).toEqual(["failed"]);
    },
  );

  test("is only done over a task that runs behind it when that is asked for, and fences its worker out", async () => {
    await play([], 1);
    const behind = await claimNext(scope, worker);
    if (!behind) throw new Error("Nothing to claim");
    expect(await retryTasks(scope, runId, [id("a")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`${behind.nodeName} is running`),
    });
    expect((await stored(behind.nodeId)).status).toBe("running");
    expect(await retryTasks(scope, runId, [id("a")], { force: true })).toMatchObject({ ok: true });
    expect(await end(behind, done)).toBe("fenced_out");
    expect(await heartbeatTask(scope, { taskId: behind._id, fence: behind.fence })).toBe("lost");
    await play();
    expect((await run()).status).toBe("succeeded");
  });

  test("brings a cancelled run back", async () => {
    await play([], 1);
    await cancelRun(scope, runId);
    expect((await run()).status).toBe("cancelled");
    expect(await retryTasks(scope, runId, [id("b"), id("d")])).toMatchObject({ ok: true });
    await play();
    expect(await run()).toMatchObject({ status: "succeeded", cancelRequestedAt: null });
  });

  test("names what stands in the way", async () => {
    await play(["a"]);
    expect(await retryTasks(scope, runId, [id("b")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("a, which comes before, is failed"),
    });
    expect(await retryTasks(scope, runId, [id("nothing")])).toMatchObject({ code: "not_found" });
    expect(await retryTasks(await memberScope("owner"), runId, [id("a")])).toMatchObject({
      code: "not_found",
    });
    const [one, other] = await Promise.all([
      retryTasks(scope, runId, [id("a")]),
      retryTasks(scope, runId, [id("a")]),
    ]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
    expect((await stored("a")).attempt).toBe(2);
  });
});

describe("retrying all that failed", () => {
  test("begins with what failed by itself, in one operation, and until it is done it can be asked again", async () => {
    await play(["b", "d"]);
    expect(await statuses()).toBe("a succeeded, b failed, c skipped, d failed, e skipped");
    expect(await retryFailed(scope, runId)).toMatchObject({ ok: true, tasks: 4 });
    expect(await run()).toMatchObject({ opSeqCounter: 1, status: "running" });
    await play(["d"]);
    expect(await retryFailed(scope, runId)).toMatchObject({ ok: true, tasks: 2 });
    await play();
    expect(await run()).toMatchObject({ status: "succeeded", control: null });
    const attempts = await Promise.all(
      ["a", "b", "c", "d"].map(async (node) => (await stored(node)).attempt),
    );
    expect(attempts).toEqual([1, 2, 1, 3]);
    expect((await listAttempts(scope, id("d"))).map(({ attempt, status }) => [attempt, status])).toEqual([
      [2, "failed"],
      [1, "failed"],
    ]);
  });

  test("brings a cancelled run back from where it was", async () => {
    await play([], 1);
    await cancelRun(scope, runId);
    expect(await retryFailed(scope, runId)).toMatchObject({ ok: true, tasks: 4 });
    await play();
    expect((await run()).status).toBe("succeeded");
  });

  test("of two at once one is taken, and of a cancel and a retry at once the run ends as one of them says", async () => {
    await play(["b"]);
    const two = await Promise.all([retryFailed(scope, runId), retryFailed(scope, runId)]);
    expect(two.map(({ ok }) => ok).sort()).toEqual([false, true]);
    await play(["b"]);
    const [retried, cancelled] = await Promise.all([retryFailed(scope, runId), cancelRun(scope, runId)]);
    await play();
    await aggregateRun(scope, runId);
    expect(retried.ok || cancelled.ok).toBe(true);
    expect((await run()).status).toBe(cancelled.ok ? "cancelled" : "succeeded");
    expect((await run()).control).toBeNull();
  });

  test("says that nothing is to be retried where nothing failed", async () => {
    await play();
    expect(await retryFailed(scope, runId)).toMatchObject({ ok: false, code: "bad_input" });
  });
});

describe("looking before doing", () => {
  test("a preview lists what a retry resets and what it supersedes, and changes nothing", async () => {
    await play(["c"]);
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: id("b") }, { $set: { outputArtifactIds: ["one", "two"] } });
    const before = await statuses();
    const preview = await previewRetry(scope, runId, [id("b")]);
    expect(preview).toMatchObject({
      ok: true,
      total: 3,
      running: 0,
      artifacts: 2,
      estimateMs: null,
      counts: { succeeded: 1, failed: 1, skipped: 1 },
    });
    expect(preview.ok && preview.tasks.map(({ nodeId, chosen }) => [nodeId, chosen])).toEqual([
      ["b", true],
      ["c", false],
      ["e", false],
    ]);
    expect(await statuses()).toBe(before);
  });

  test("it says which tasks run and would be fenced out; a cancel, what ends at once and what is told", async () => {
    await play([], 1);
    const behind = await claimNext(scope, worker);
    expect(await previewRetry(scope, runId, [id("a")])).toMatchObject({ total: 5, running: 1 });
    expect(await previewCancel(scope, runId)).toMatchObject({ total: 4, running: 1, artifacts: 0 });
    expect((await stored(behind?.nodeId ?? "")).status).toBe("running");
  });

  test("it refuses what the act would refuse, and shows nothing of another workspace", async () => {
    await play(["a"]);
    expect(await previewRetry(scope, runId, [id("b")])).toEqual(await retryTasks(scope, runId, [id("b")]));
    const stranger = await memberScope("owner");
    expect(await previewRetry(stranger, runId, [id("a")])).toMatchObject({ code: "not_found" });
    expect(await previewCancel(stranger, runId)).toMatchObject({ code: "not_found" });
    expect(await retryFailed(stranger, runId)).toMatchObject({ code: "not_found" });
  });
});
