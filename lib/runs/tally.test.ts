import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { completeTask } from "./advance";
import { aggregatesDone, requestAggregate } from "./aggregate";
import { claimNext } from "./claim";
import { retryTasks } from "./control/retry-tasks";
import { countTasksOf } from "./count-tasks";
import { createRuns } from "./create";
import { settleAfter } from "./settle";
import { Tally } from "./tally";

testDatabase();
testMongo();

async function workOn(scope: WorkspaceScope, executor: string, failing = false): Promise<string | null> {
  const task = await claimNext(scope, { executors: [executor], workerId: "worker-1" });
  if (!task) return null;
  await completeTask(
    scope,
    { taskId: task._id, fence: task.fence },
    {
      outcome: failing ? "failed" : "succeeded",
      errorMessage: null,
      stdoutCount: 2,
      stderrCount: 1,
      outputArtifactIds: [`${task._id}-made`],
      lastResultPreview: null,
    },
  );
  await settleAfter(scope, task.workflowRunId, [task.nodeId]);
  return task._id;
}

async function makeRun(scope: WorkspaceScope, size: number): Promise<string> {
  const runId = `run-${randomBytes(6).toString("hex")}`;
  const task = (nodeId: string, ...upstreamNodeIds: string[]) =>
    newTaskOf(runId, nodeId, { upstreamNodeIds, executorType: runId });
  const behind = Array.from({ length: size - 1 }, (_, at) => task(`n${at}`, "root"));
  await createRuns(scope, [newRunOf(runId, [task("root"), ...behind])]);
  return runId;
}

test("a tally of what changed says what counting all tasks says, after every kind of change", async () => {
  const scope = await memberScope("editor");
  const runId = await makeRun(scope, 12);
  const tally = new Tally(runId);
  const same = async () => expect(await tally.figures(scope)).toEqual(await countTasksOf(scope, runId));
  await same();
  const root = await workOn(scope, runId);
  await same();
  for (let n = 0; n < 6; n++) await workOn(scope, runId, n % 3 === 0);
  await same();
  expect(await retryTasks(scope, runId, [root ?? ""])).toMatchObject({ ok: true });
  await same();
  await workOn(scope, runId, true);
  await same();
});

test("a large run that was tallied while it ran ends with the counts of its tasks", async () => {
  const scope = await memberScope("editor");
  const runId = await makeRun(scope, 501);
  await workOn(scope, runId);
  requestAggregate(scope, runId);
  await scoped(scope)
    .collection(runTasks)
    .updateMany({ workflowRunId: runId, status: "queued", nodeId: { $ne: "n7" } }, [
      { $set: { status: "succeeded", changedAt: "$$NOW" } },
    ]);
  requestAggregate(scope, runId);
  await aggregatesDone();
  const run = () => scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  expect(await run()).toMatchObject({ status: "running", taskCounts: { succeeded: 500, queued: 1 } });
  await workOn(scope, runId);
  requestAggregate(scope, runId);
  await aggregatesDone();
  expect(await run()).toMatchObject({ status: "succeeded", completedTaskCount: 501 });
});
