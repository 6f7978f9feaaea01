import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { createRuns } from "@/lib/runs/create";
import { getRun, listRunTasks } from "@/lib/runs/queries";
import { runStatus } from "@/lib/runs/status";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { DemoPlayer } from "./demo-player";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let run: { id: string; tasks: number };
beforeEach(async () => {
  scope = await memberScope("editor");
  run = { id: `run-${randomBytes(6).toString("hex")}`, tasks: 4 };
  const task = (nodeId: string, ...upstreamNodeIds: string[]) =>
    newTaskOf(run.id, nodeId, { upstreamNodeIds });
  await createRuns(scope, [
    newRunOf(run.id, [task("a"), task("b", "a"), task("c", "a"), task("d", "b", "c")]),
  ]);
});

/** Looks every two seconds of a clock of its own, until the run is over. */
async function play(player: DemoPlayer, clock: { now: number }): Promise<void> {
  for (let look = 0; look < 60; look++) {
    await player.advance(run);
    const state = await getRun(scope, run.id);
    if (state && runStatus[state.status].final) return;
    clock.now += 2_000;
  }
  throw new Error("The run did not come to an end");
}

async function expectLogsToMatch(): Promise<void> {
  const store = scoped(scope);
  const tasks = await store
    .collection(runTasks)
    .find({ workflowRunId: run.id }, { sort: { _id: 1 } })
    .toArray();
  for (const task of tasks.filter(({ logRef, stalls }) => logRef !== null && stalls === 0)) {
    const episode = await store.collection(logMetadata).findOne({ episodeId: task.logRef ?? "" });
    expect(Number(episode?.totalLogs), task.nodeId).toBe(task.stdoutCount + task.stderrCount);
  }
}

describe("the demo's player", () => {
  test("plays a run to its end: counts sum up and every task has the log it counts", async () => {
    const clock = { now: 0 };
    await play(new DemoPlayer(scope, "player", () => clock.now), clock);
    const state = await getRun(scope, run.id);
    expect(Object.values(state?.taskCounts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(4);
    const tasks = await listRunTasks(scope, run.id);
    expect(tasks.every((task) => task.startedAt !== null || task.status === "skipped")).toBe(true);
    await expectLogsToMatch();
  });

  test("takes up what a killed one has left, once its leases have ended and not before", async () => {
    const clock = { now: 0 };
    const killed = new DemoPlayer(scope, "killed", () => clock.now);
    await killed.advance(run);
    const next = new DemoPlayer(scope, "next", () => clock.now);
    await next.advance(run);
    expect((await listRunTasks(scope, run.id))[0]).toMatchObject({ status: "running", workerId: "killed" });

    await scoped(scope)
      .collection(runTasks)
      .updateMany({ workflowRunId: run.id, status: "running" }, { $set: { leaseExpiresAt: new Date(0) } });
    await play(next, clock);
    const tasks = await scoped(scope)
      .collection(runTasks)
      .find({ workflowRunId: run.id }, { sort: { nodeId: 1 } })
      .toArray();
    expect(tasks[0]).toMatchObject({ workerId: "next", stalls: 1, deliveries: 2, attempt: 1 });
    await expectLogsToMatch();
  });

  test("finishes a run whose maker was killed before its tasks were released", async () => {
    await scoped(scope)
      .collection(runTasks)
      .updateMany({ workflowRunId: run.id }, { $set: { hold: "init" } });
    const clock = { now: 0 };
    await play(new DemoPlayer(scope, "player", () => clock.now), clock);
    expect((await getRun(scope, run.id))?.taskCounts.queued).toBe(0);
  });

  test("finishes a run that was left between the end of a task and what follows from it", async () => {
    await scoped(scope)
      .collection(runTasks)
      .updateMany(
        { _id: `${run.id}.a` },
        { $set: { status: "failed", errorMessage: "gone", startedAt: new Date() } },
      );
    const clock = { now: 0 };
    await play(new DemoPlayer(scope, "player", () => clock.now), clock);
    expect(await getRun(scope, run.id)).toMatchObject({
      status: "failed",
      taskCounts: { failed: 1, skipped: 3 },
    });
  });

  test("ends running tasks of a run that is being cancelled as cancelled", async () => {
    const clock = { now: 0 };
    const player = new DemoPlayer(scope, "player", () => clock.now);
    await player.advance(run);
    const store = scoped(scope);
    const cancelRequestedAt = new Date();
    await store
      .collection(workflowRuns)
      .updateOne({ _id: run.id }, { $set: { status: "cancelling", cancelRequestedAt } });
    await store
      .collection(runTasks)
      .updateMany({ workflowRunId: run.id, status: "pending" }, { $set: { status: "cancelled" } });
    await store
      .collection(runTasks)
      .updateMany({ workflowRunId: run.id, status: "running" }, { $set: { cancelRequestedAt } });
    await play(player, clock);
    expect(await getRun(scope, run.id)).toMatchObject({ status: "cancelled", taskCounts: { cancelled: 4 } });
  });
});
