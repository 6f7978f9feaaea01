import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { writeAudit } from "@/lib/db/audit";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { completeTask } from "./advance";
import { aggregateRun } from "./aggregate";
import { claimNext } from "./claim";
import { retryTasks } from "./control/retry-tasks";
import { createRuns } from "./create";
import { getRunPast } from "./past";

testDatabase();
testMongo();

let owner: WorkspaceScope;
let stranger: WorkspaceScope;
const runId = `run-${randomBytes(6).toString("hex")}`;
const executorType = `executor-${randomBytes(4).toString("hex")}`;

beforeAll(async () => {
  [owner, stranger] = await Promise.all([memberScope("owner"), memberScope("viewer")]);
  const load = newTaskOf(runId, "load", { executorType });
  await createRuns(owner, [newRunOf(runId, [load])]);
  const claimed = await claimNext(owner, { executors: [executorType], workerId: "worker-1" });
  await completeTask(
    owner,
    { taskId: load._id, fence: claimed?.fence ?? -1 },
    {
      outcome: "failed",
      errorMessage: "no space left",
      stdoutCount: 3,
      stderrCount: 1,
      outputArtifactIds: ["artifact-1"],
      lastResultPreview: null,
    },
  );
  await aggregateRun(owner, runId);
  await retryTasks(owner, runId, [load._id]);
  await writeAudit(owner, {
    action: "run.retry_tasks",
    resourceType: "workflow_run",
    resourceId: runId,
    after: { taskIds: [load._id] },
    key: `retry ${runId}`,
  });
});

describe("the past of a run", () => {
  test("keeps what an attempt did that was reset", async () => {
    const past = await getRunPast(owner, runId);
    expect(past?.attemptsCut).toBe(false);
    expect(past?.attempts).toHaveLength(1);
    expect(past?.attempts[0]).toMatchObject({
      taskId: `${runId}.load`,
      attempt: 1,
      status: "failed",
      workerId: "worker-1",
      errorMessage: "no space left",
      artifactCount: 1,
      logRef: `${runId}.load`,
    });
  });

  test("names who did what to it, and to which tasks", async () => {
    const past = await getRunPast(owner, runId);
    expect(past?.acts).toMatchObject([
      { action: "run.retry_tasks", actor: "user", taskIds: [`${runId}.load`] },
    ]);
    expect(past?.acts[0]?.person).toEqual(expect.any(String));
  });

  test("is nothing to another workspace", async () => {
    expect(await getRunPast(stranger, runId)).toBeNull();
  });
});
