import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { saveRedactionRule } from "@/lib/logs/redaction/mutations";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { reapTask } from "@/lib/runs/advance";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { collectArtifacts } from "@/lib/worker/artifacts";
import { getRunArtifact } from "../artifacts";
import { claimNext } from "../claim";
import { retryTasks } from "../control/retry-tasks";
import { createRuns } from "../create";
import type { Executor, TaskWork } from "../executors/executor";
import { appendTaskLog } from "./append-log";
import { workTask } from "./work-task";

testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;
let runId: string;
beforeEach(async () => {
  scope = await memberScope("owner");
  runId = `run-${randomBytes(6).toString("hex")}`;
  await createRuns(scope, [newRunOf(runId, [newTaskOf(runId, "a node", { executorType: "builtin" })])]);
});

async function claimed(): Promise<RunTask> {
  const task = await claimNext(scope, { executors: ["builtin"], workerId: "worker-1" });
  if (!task) throw new Error("Nothing to claim");
  return task;
}

async function stored(): Promise<RunTask> {
  const task = await scoped(scope).collection(runTasks).findOne({ workflowRunId: runId });
  if (!task) throw new Error("There is no task");
  return task;
}

/** A heartbeat in between keeps the task: until the reaper was first. */
async function loseLease({ _id, fence }: RunTask): Promise<void> {
  const outlive = { $set: { leaseExpiresAt: new Date(Date.now() - 1_000) } };
  do await scoped(scope).collection(runTasks).updateOne({ _id }, outlive);
  while ((await reapTask(scope, { taskId: _id, fence })) === "alive");
}

async function rows(): Promise<string[]> {
  const { logRef } = await stored();
  const found = await scoped(scope)
    .collection(logEntries)
    .find({ episodeId: logRef ?? "" }, { sort: { sequenceNumber: 1 } })
    .toArray();
  return found.map(({ message }) => message);
}

const doing = (run: (work: TaskWork) => Promise<unknown>): Executor => ({
  run: async (work) => {
    await run(work);
    return { outcome: "succeeded" };
  },
});

const allArtifacts = () =>
  scoped(scope)
    .collection(artifacts)
    .find({ producerId: `${runId}.a node` }, { sort: { _id: 1 } })
    .toArray();
const now = () => new Date(Date.now() + 1_000);

describe("the log of a task", () => {
  test("thousands of lines arrive once each, in order; the task keeps the last of them and their number", async () => {
    const lines = Array.from({ length: 3_500 }, (_, n) => `line ${n}`);
    const executor = doing(async ({ log, logRoom }) => {
      for (const line of lines) {
        log("stdout", line);
        await logRoom();
      }
      log("stderr", "done");
    });
    expect(await workTask(scope, await claimed(), executor)).toBe("completed");
    const messages = await rows();
    expect(messages.slice(1, -2)).toEqual(lines);
    const task = await stored();
    expect([task.stdoutCount, task.stderrCount]).toEqual([3_500, 1]);
    expect(task.stdoutLines).toEqual(lines.slice(-50));
    expect(task.logLines).toHaveLength(50);
  });

  test("a node whose id no log could have as its name has a log all the same, and its task names it", async () => {
    await workTask(
      scope,
      await claimed(),
      doing(async ({ log }) => log("stdout", "hello")),
    );
    expect((await stored()).logRef).toMatch(/^run-[0-9a-f]+\.a_node-[0-9a-f]{12}$/);
    expect(await rows()).toContain("hello");
  });

  test("what the rules of the workspace mask is masked in the tail and in the error too", async () => {
    const rule = {
      name: "keys",
      pattern: "sk-[a-z0-9]+",
      mask: "[key]",
      appliesTo: "both" as const,
      enabled: true,
    };
    expect(await saveRedactionRule(scope, rule)).toMatchObject({ ok: true });
    const executor = doing(async ({ log }) => {
      log("stdout", "using sk-123abc");
      throw new Error("refused sk-123abc");
    });
    await workTask(scope, await claimed(), executor);
    const task = await stored();
    expect(JSON.stringify(task)).not.toContain("sk-123abc");
    expect(task).toMatchObject({ errorMessage: "refused [key]", stdoutLines: ["using [key]"] });
    expect(await rows()).toContain("using [key]");
  });

  test("batches of a worker that was fenced out are refused, and one that comes again counts once", async () => {
    const task = await claimed();
    const held = { taskId: task._id, fence: task.fence };
    const batch = {
      batchId: "1",
      lines: [{ stream: "stdout" as const, message: "one", level: "info" as const, at: new Date() }],
    };
    for (let time = 0; time < 3; time++) expect(await appendTaskLog(scope, held, batch)).toBe("written");
    expect((await stored()).stdoutCount).toBe(1);
    await loseLease(task);
    expect(await appendTaskLog(scope, held, { ...batch, batchId: "2" })).toBe("lost");
    expect(await rows()).toEqual(["one"]);
  });
});

describe("a worker that lost its task", () => {
  test("hears of it by its heartbeat, ends its work and writes nothing more", async () => {
    const task = await claimed();
    let why: unknown;
    const executor = doing(async ({ signal, log }) => {
      await loseLease(task);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      why = signal.reason;
      log("stdout", "too late");
    });
    expect(await workTask(scope, task, executor, { heartbeatEveryMs: 20 })).toBe("lost");
    expect(why).toMatchObject({ reason: "lost" });
    expect(await stored()).toMatchObject({ status: "queued", outputArtifactIds: [] });
    expect(await rows()).not.toContain("too late");
  });

  test("leaves artifacts that nobody sees, and that are collected with their bytes", async () => {
    const task = await claimed();
    const executor = doing(async ({ artifact }) => {
      await artifact({ type: "report", title: "Mine", body: "of the first" });
      await loseLease(task);
    });
    expect(await workTask(scope, task, executor)).not.toBe("completed");
    const [orphan] = await allArtifacts();
    if (!orphan) throw new Error("Nothing was stored");
    expect(await getRunArtifact(scope, runId, orphan._id)).toBeNull();
    const second = doing(({ artifact }) =>
      artifact({ type: "report", title: "Mine", body: "of the second" }),
    );
    expect(await workTask(scope, await claimed(), second)).toBe("completed");
    const { outputArtifactIds } = await stored();
    const signal = new AbortController().signal;
    expect(await collectArtifacts(workerPlatformScope(), signal, now())).toMatchObject({ deleted: 1 });
    expect((await allArtifacts()).map(({ _id }) => _id)).toEqual(outputArtifactIds);
    expect(await objectStore().head(orphan.storageRef.key)).toBeNull();
  });
});

describe("artifacts", () => {
  test("are described by what was stored: kind, size and hash", async () => {
    const json = { rows: 7 };
    await workTask(
      scope,
      await claimed(),
      doing(({ artifact }) => artifact({ type: "report", title: "Rows", json })),
    );
    const [artifact] = await allArtifacts();
    const body = (await objectStore().get(artifact?.storageRef.key ?? "")) ?? Buffer.alloc(0);
    expect(JSON.parse(body.toString("utf8"))).toEqual(json);
    expect(artifact).toMatchObject({
      storageRef: {
        contentType: "application/json",
        sizeBytes: body.length,
        checksum: `sha256:${createHash("sha256").update(body).digest("hex")}`,
      },
      previewable: true,
      lineage: { workflowRunId: runId, nodeId: "a node" },
    });
    expect(artifact).not.toHaveProperty("unaccepted");
  });

  test("other content under the name of one fails the task; the first one stands", async () => {
    const executor = doing(async ({ artifact }) => {
      await artifact({ type: "report", title: "Same", body: "one" });
      await artifact({ type: "report", title: "Same", body: "one" });
      await artifact({ type: "report", title: "Same", body: "two" });
    });
    await workTask(scope, await claimed(), executor);
    expect(await stored()).toMatchObject({
      status: "failed",
      errorMessage: expect.stringContaining("named Same"),
    });
    expect(await allArtifacts()).toHaveLength(1);
  });

  test("of an attempt that was put away stay, also when their acceptance was cut short", async () => {
    await workTask(
      scope,
      await claimed(),
      doing(({ artifact }) => artifact({ type: "report", title: "First", body: "1" })),
    );
    const unaccepted = { fence: 1, since: new Date(0) };
    await scoped(scope).collection(artifacts).updateMany({}, { $set: { unaccepted } });
    expect(await retryTasks(scope, runId, [`${runId}.a node`])).toMatchObject({ ok: true });
    const signal = new AbortController().signal;
    expect(await collectArtifacts(workerPlatformScope(), signal, now())).toMatchObject({
      accepted: 1,
      deleted: 0,
    });
    expect((await allArtifacts())[0]).not.toHaveProperty("unaccepted");
  });
});

describe("the end of a task", () => {
  test("a result that is too long for its document is shown by its beginning", async () => {
    const executor: Executor = {
      run: async () => ({ outcome: "succeeded", preview: { text: "x".repeat(100_000) } }),
    };
    await workTask(scope, await claimed(), executor);
    expect((await stored()).lastResultPreview).toMatchObject({
      truncated: true,
      beginning: expect.stringMatching(/^\{"text":"xxx/),
    });
  });

  test("an executor that does not end when told to is left, and its task ends", async () => {
    const stuck: Executor = { run: () => sleep(60_000, { outcome: "succeeded" as const }, { ref: false }) };
    const task = await claimed();
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: task._id }, { $set: { cancelRequestedAt: new Date() } });
    expect(await workTask(scope, task, stuck, { heartbeatEveryMs: 10, abortGraceMs: 10 })).toBe("completed");
    expect((await stored()).status).toBe("cancelled");
  });

  test("work that was done before the word came stays done", async () => {
    const task = await claimed();
    const executor = doing(async ({ signal }) => {
      await scoped(scope)
        .collection(runTasks)
        .updateOne({ _id: task._id }, { $set: { cancelRequestedAt: new Date() } });
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    });
    await workTask(scope, task, executor, { heartbeatEveryMs: 10 });
    expect((await stored()).status).toBe("succeeded");
  });
});
