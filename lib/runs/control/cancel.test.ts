import { beforeEach, describe, expect, test } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { done, PlayedRun } from "@/lib/testing/played-run";
import { redrive } from "@/lib/worker/redrive";
import { heartbeatTask } from "../advance";
import { aggregateRun } from "../aggregate";
import { cancelGraceMs } from "../redrive";
import { type CancelStep, cancelRun } from "./cancel";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let run: PlayedRun;
beforeEach(async () => {
  scope = await memberScope("editor");
  run = await PlayedRun.create(scope);
});

describe("cancelling a run", () => {
  test("ends what waits at once, and what runs when its worker hears of it", async () => {
    const task = await run.claim();
    expect(await cancelRun(scope, run.id)).toMatchObject({ ok: true });
    expect(await run.statuses()).toBe("a running, b cancelled, c cancelled, d cancelled, e cancelled");
    expect((await run.stored()).status).toBe("cancelling");
    expect(await heartbeatTask(scope, { taskId: task._id, fence: task.fence })).toBe("cancel");
    expect(await run.end(task, { ...done, outcome: "cancelled" })).toBe("completed");
    expect(await run.stored()).toMatchObject({ status: "cancelled", control: null });
  });

  test("leaves work that was done before the word reached it succeeded", async () => {
    const task = await run.claim();
    await cancelRun(scope, run.id);
    expect(await run.end(task, done)).toBe("completed");
    expect(await run.task("a")).toMatchObject({ status: "succeeded" });
    expect((await run.stored()).status).toBe("cancelled");
  });

  test.each<CancelStep>(["taken", "told", "released"])(
    "goes on when its process dies after %s",
    async (step) => {
      await run.play([], 1);
      await run.killedAt<CancelStep>(step, (onStep) => cancelRun(scope, run.id, { onStep }));
      await aggregateRun(scope, run.id);
      expect(await run.statuses()).toBe("a succeeded, b cancelled, c cancelled, d cancelled, e cancelled");
      expect(await run.stored()).toMatchObject({ status: "cancelled", control: null });
    },
  );

  test("is forced on a worker that does not answer within the grace time", async () => {
    const task = await run.claim();
    await cancelRun(scope, run.id);
    const long = new Date(Date.now() - cancelGraceMs - 60_000);
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: task._id }, { $set: { cancelRequestedAt: long } });
    await scoped(scope)
      .collection(workflowRuns)
      .updateOne({ _id: run.id }, { $set: { updatedAt: long } });
    await redrive(workerPlatformScope(), new AbortController().signal);
    expect((await run.task("a")).status).toBe("cancelled");
    expect((await run.stored()).status).toBe("cancelled");
    expect(await run.end(task, done)).toBe("fenced_out");
  });

  test("is refused twice, after the end, and for a run of somebody else", async () => {
    const [one, other] = await Promise.all([cancelRun(scope, run.id), cancelRun(scope, run.id)]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
    expect(await cancelRun(scope, run.id)).toMatchObject({ ok: false, code: "conflict" });
    expect(await cancelRun(await memberScope("owner"), run.id)).toMatchObject({
      ok: false,
      code: "not_found",
    });
  });
});
