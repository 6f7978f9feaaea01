import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { importWfformatFile } from "@/lib/import/wfformat";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import {
  type RunTask,
  runTaskAttempts,
  runTasks,
  type WorkflowRun,
  workflowRuns,
} from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { retryFailed } from "@/lib/runs/control/retry-tasks";
import { createRuns } from "@/lib/runs/create";
import { getTask } from "@/lib/runs/queries";
import { runStatus } from "@/lib/runs/status";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { fileWith } from "@/lib/testing/temporary-folder";
import { wfformatDocument } from "@/lib/testing/wfformat-document";
import { TaskPool } from "@/lib/worker/task-pool";
import { replayRun } from "./mutations";

testDatabase();
testMongo();
testObjects();

const recordings = resolve(import.meta.dirname, "../../../shared/data/workflows/wfinstances");
const present = existsSync(recordings);

const diamond = { a: {}, b: { parents: ["a"] }, c: { parents: ["a"] }, d: { parents: ["b", "c"] } };
const fast = { speed: 1_000_000, failureRate: 0, seed: 1 };

let scope: WorkspaceScope;
beforeEach(async () => {
  scope = await memberScope("editor");
});

// One worker for all: tasks of every workspace are its business.
const stop = new AbortController();
let working: Promise<void>;
beforeAll(() => {
  const settings = { workerId: "replayer", slots: 16, executors: ["replay"] };
  working = new TaskPool(workerPlatformScope(), settings).work(stop.signal);
});
afterAll(async () => {
  stop.abort();
  await working;
});

async function replayed(recorded: string, settings: Partial<typeof fast> = {}): Promise<string> {
  const answer = await replayRun(scope, { ...fast, ...settings, runId: recorded, key: randomUUID() });
  if (!answer.ok) throw new Error(answer.message);
  return answer.runId;
}

async function runOf(runId: string): Promise<WorkflowRun> {
  const run = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  if (!run) throw new Error(`There is no run ${runId}`);
  return run;
}

const over = (runId: string) =>
  vi.waitUntil(async () => runStatus[(await runOf(runId)).status].final, { timeout: 60_000, interval: 100 });

const tasksOf = (runId: string): Promise<RunTask[]> =>
  scoped(scope)
    .collection(runTasks)
    .find({ workflowRunId: runId }, { sort: { nodeId: 1 } })
    .toArray();

/** Retries what failed until nothing fails; how often that took. */
async function untilSucceeded(runId: string): Promise<number> {
  for (let rounds = 0; rounds < 40; rounds++) {
    await over(runId);
    const { status } = await runOf(runId);
    if (status === "succeeded") return rounds;
    const answer = await retryFailed(scope, runId);
    if (!answer.ok) throw new Error(answer.message);
  }
  throw new Error("It never succeeded");
}

describe("the replay of a recorded run", () => {
  test("is a new run of the same version, done by the worker: every task has its log and its list of files", async () => {
    const recorded = await importWfformatFile(scope, fileWith(JSON.stringify(wfformatDocument(diamond))));
    const runId = await replayed(recorded.runId);
    await over(runId);
    expect(await runOf(runId)).toMatchObject({
      status: "succeeded",
      workflowDefinitionId: recorded.workflowId,
      workflowVersionNumber: recorded.versionNumber,
      taskCounts: { succeeded: 4 },
      artifactCount: 4,
      summary: { source: "replay", replayOf: recorded.runId, speed: 1_000_000 },
    });
    for (const task of await tasksOf(runId)) {
      expect(task, task.nodeId).toMatchObject({
        status: "succeeded",
        attempt: 1,
        workerId: "replayer",
        executorConfig: { durationMs: 2_000, inputFiles: [`${task.nodeId}.in`] },
      });
      const episode = await scoped(scope)
        .collection(logMetadata)
        .findOne({ episodeId: task.logRef ?? "" });
      expect(Number(episode?.totalLogs), task.nodeId).toBeGreaterThan(task.stdoutCount);
      expect(task.stdoutLines).toContain(`read ${task.nodeId}.in, 4.7 GiB`);
      const detail = await getTask(scope, runId, task._id);
      expect(detail?.artifacts).toMatchObject([{ type: "file list", title: "1 output file" }]);
    }
    const [entry] = await listAuditOf(scope, { resourceType: "workflow_run", resourceId: runId });
    expect(entry).toMatchObject({
      action: "run.replay",
      after: { replayOf: recorded.runId, speed: 1_000_000 },
    });
  });

  test("fails by its seed, and is brought to its end by retrying what failed: each attempt is kept with its log", async () => {
    const recorded = await importWfformatFile(scope, fileWith(JSON.stringify(wfformatDocument(diamond))));
    const runId = await replayed(recorded.runId, { failureRate: 0.5, seed: 4 });
    const rounds = await untilSucceeded(runId);
    expect(rounds).toBeGreaterThan(0);
    const attempts = await scoped(scope)
      .collection(runTaskAttempts)
      .find({ workflowRunId: runId }, { sort: { _id: 1 } })
      .toArray();
    for (const task of await tasksOf(runId)) {
      const failed = attempts.filter(({ taskId, status }) => taskId === task._id && status === "failed");
      expect(
        failed.map(({ attempt }) => attempt),
        task.nodeId,
      ).toEqual(Array.from({ length: task.attempt - 1 }, (_, n) => n + 1));
      const logs = [task.logRef, ...failed.map(({ logRef }) => logRef)];
      expect(new Set(logs).size, task.nodeId).toBe(logs.length);
      for (const { logRef, errorMessage } of failed) {
        const episode = await scoped(scope)
          .collection(logMetadata)
          .findOne({ episodeId: logRef ?? "" });
        expect(Number(episode?.levelCounts.error)).toBeGreaterThan(0);
        expect(errorMessage).not.toBeNull();
      }
    }
  });

  test("is made once for a key, and another one under the same key is refused", async () => {
    const recorded = await importWfformatFile(scope, fileWith(JSON.stringify(wfformatDocument(diamond))));
    const input = { ...fast, runId: recorded.runId, key: randomUUID() };
    const [one, two] = await Promise.all([replayRun(scope, input), replayRun(scope, input)]);
    expect(one).toMatchObject({ ok: true });
    expect(two).toEqual(one);
    expect(await replayRun(scope, { ...input, seed: 9 })).toMatchObject({ ok: false, code: "conflict" });
    expect(await scoped(scope).collection(workflowRuns).countDocuments({})).toBe(2);
  });

  test("of a replay lasts as the first recording did", async () => {
    const recorded = await importWfformatFile(scope, fileWith(JSON.stringify(wfformatDocument(diamond))));
    const first = await replayed(recorded.runId);
    await over(first);
    const again = await replayed(first, { speed: 500_000 });
    await over(again);
    expect((await tasksOf(again)).map(({ executorConfig }) => executorConfig)).toMatchObject(
      Array(4).fill({ durationMs: 2_000, speed: 500_000 }),
    );
  });

  test("is refused for a run that is not over, and for one of somebody else", async () => {
    const going = newRunOf(`run-${randomUUID()}`, [newTaskOf("r", "a")]);
    await createRuns(scope, [going]);
    const ask = (by: WorkspaceScope) => replayRun(by, { ...fast, runId: going.run._id, key: randomUUID() });
    expect(await ask(scope)).toMatchObject({ ok: false, code: "conflict" });
    expect(await ask(await memberScope("owner"))).toMatchObject({ ok: false, code: "not_found" });
  });
});

const small: [file: string, tasks: number][] = [
  ["helloworld-chain-5-chameleon", 5],
  ["bacass-dirt02-001", 11],
  ["srasearch-chameleon-10a-001", 22],
  ["sarek-dirt02-001", 26],
];

describe.skipIf(!present)(
  `recorded runs of WfInstances${present ? "" : " (skipped: ../shared/data is not there)"}`,
  () => {
    test.each(small)("%s replays to its end: %i tasks succeed", async (name, tasks) => {
      const { runId } = await importWfformatFile(scope, resolve(recordings, `${name}.json.gz`));
      const replay = await replayed(runId);
      await over(replay);
      expect(await runOf(replay)).toMatchObject({ status: "succeeded", taskCounts: { succeeded: tasks } });
    });

    test("with failures, what failed is retried until all has succeeded", async () => {
      const { runId } = await importWfformatFile(
        scope,
        resolve(recordings, "srasearch-chameleon-10a-002.json.gz"),
      );
      const replay = await replayed(runId, { failureRate: 0.2, seed: 5 });
      const rounds = await untilSucceeded(replay);
      expect(rounds).toBeGreaterThan(0);
      expect((await runOf(replay)).taskCounts).toMatchObject({ succeeded: 22 });
    });
  },
);
