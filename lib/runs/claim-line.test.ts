import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { queueOf } from "./claim";
import { ClaimLine } from "./claim-line";
import { createRuns } from "./create";

testDatabase();
testMongo();

/** A queue of its own; the higher the number in a node's name, the more urgent. */
async function queueWith(scope: WorkspaceScope, size: number) {
  const runId = `run-${randomBytes(6).toString("hex")}`;
  const tasks = Array.from({ length: size }, (_, at) =>
    newTaskOf(runId, `n${at}`, {
      executorType: at % 2 === 0 ? `${runId}-even` : `${runId}-odd`,
      priority: at,
    }),
  );
  await createRuns(scope, [newRunOf(runId, tasks)]);
  const executors = [`${runId}-even`, `${runId}-odd`];
  return {
    runId,
    line: (workerId: string) => new ClaimLine(queueOf(scope), { executors, workerId }),
  };
}

async function claims(line: ClaimLine, most = Number.POSITIVE_INFINITY): Promise<string[]> {
  const claimed: string[] = [];
  while (claimed.length < most) {
    const task = await line.next();
    if (!task) break;
    expect(task).toMatchObject({ status: "running", fence: 1 });
    claimed.push(task.nodeId);
  }
  return claimed;
}

const urgentFirst = (size: number) => Array.from({ length: size }, (_, at) => `n${size - 1 - at}`);

test("a long line of several executors is claimed to its end in the order of the queue", async () => {
  const scope = await memberScope("owner");
  const { line } = await queueWith(scope, 150);
  expect(await claims(line("worker-1"))).toEqual(urgentFirst(150));
});

test("workers that read the same line ahead never claim a task twice, and leave none", async () => {
  const scope = await memberScope("owner");
  const { line } = await queueWith(scope, 200);
  const claimed = await Promise.all(["a", "b", "c"].map((worker) => claims(line(worker))));
  expect(claimed.flat().toSorted()).toEqual(urgentFirst(200).toSorted());
});

test("a task that is held or cancelled after it was read ahead is passed over", async () => {
  const scope = await memberScope("owner");
  const { runId, line } = await queueWith(scope, 120);
  const mine = line("worker-1");
  // More than a row: from here on the line is read ahead.
  const first = await claims(mine, 20);
  expect(first).toEqual(urgentFirst(120).slice(0, 20));
  const tasks = scoped(scope).collection(runTasks);
  await tasks.updateMany({ workflowRunId: runId, nodeId: "n99" }, { $set: { hold: "another" } });
  await tasks.updateMany({ workflowRunId: runId, nodeId: "n98" }, { $set: { status: "cancelled" } });
  expect(await claims(mine)).toEqual(urgentFirst(120).slice(22));
});
