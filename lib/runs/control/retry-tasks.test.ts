import { beforeEach, describe, expect, test } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { done, PlayedRun } from "@/lib/testing/played-run";
import { redrive } from "@/lib/worker/redrive";
import { heartbeatTask } from "../advance";
import { aggregateRun } from "../aggregate";
import { listAttempts } from "./attempts";
import { cancelRun } from "./cancel";
import { type RetryStep, retryFailed, retryTasks } from "./retry-tasks";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let run: PlayedRun;
beforeEach(async () => {
  scope = await memberScope("editor");
  run = await PlayedRun.create(scope);
});

describe("retrying a task", () => {
  test("runs it and everything behind it again, counts its attempt alone, and keeps what was", async () => {
    await run.play(["b"]);
    expect(await run.statuses()).toBe("a succeeded, b failed, c skipped, d succeeded, e skipped");
    expect((await run.stored()).status).toBe("failed");
    const before = await run.task("b");

    expect(await retryTasks(scope, run.id, [run.taskId("b")])).toMatchObject({ ok: true });
    expect(await run.statuses()).toBe("a succeeded, b queued, c pending, d succeeded, e pending");
    expect(await run.stored()).toMatchObject({ status: "running", finishedAt: null, control: null });
    await run.play();
    expect(await run.statuses()).toBe("a succeeded, b succeeded, c succeeded, d succeeded, e succeeded");
    expect((await run.stored()).status).toBe("succeeded");
    expect([(await run.task("b")).attempt, (await run.task("c")).attempt]).toEqual([2, 1]);
    expect((await run.task("b")).logRef).toBe(`${run.id}.b.2`);
    const [attempt, ...others] = await listAttempts(scope, run.taskId("b"));
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
      await run.play(["a"]);
      await run.killedAt<RetryStep>(step, (onStep) =>
        retryTasks(scope, run.id, [run.taskId("a")], { onStep }),
      );
      await scoped(scope)
        .collection(workflowRuns)
        .updateOne({ _id: run.id }, { $set: { updatedAt: new Date(0) } });
      await redrive(workerPlatformScope(), new AbortController().signal);
      await run.play();
      expect(await run.statuses()).toBe("a succeeded, b succeeded, c succeeded, d succeeded, e succeeded");
      expect(await run.stored()).toMatchObject({ status: "succeeded", control: null, completedTaskCount: 5 });
      expect((await run.task("a")).attempt).toBe(2);
      expect((await listAttempts(scope, run.taskId("a"))).map(({ status }) => status)).toEqual(["failed"]);
    },
  );

  test("is only done over a task that runs behind it when that is asked for, and fences its worker out", async () => {
    await run.play([], 1);
    const behind = await run.claim();
    expect(await retryTasks(scope, run.id, [run.taskId("a")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`${behind.nodeName} is running`),
    });
    expect((await run.task(behind.nodeId)).status).toBe("running");
    expect(await retryTasks(scope, run.id, [run.taskId("a")], { force: true })).toMatchObject({ ok: true });
    expect(await run.end(behind, done)).toBe("fenced_out");
    expect(await heartbeatTask(scope, { taskId: behind._id, fence: behind.fence })).toBe("lost");
    await run.play();
    expect((await run.stored()).status).toBe("succeeded");
  });

  test("brings a cancelled run back", async () => {
    await run.play([], 1);
    await cancelRun(scope, run.id);
    expect((await run.stored()).status).toBe("cancelled");
    expect(await retryTasks(scope, run.id, [run.taskId("b"), run.taskId("d")])).toMatchObject({ ok: true });
    await run.play();
    expect(await run.stored()).toMatchObject({ status: "succeeded", cancelRequestedAt: null });
  });

  test("names what stands in the way", async () => {
    await run.play(["a"]);
    expect(await retryTasks(scope, run.id, [run.taskId("b")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("a, which comes before, is failed"),
    });
    expect(await retryTasks(scope, run.id, [run.taskId("nothing")])).toMatchObject({ code: "not_found" });
    expect(await retryTasks(await memberScope("owner"), run.id, [run.taskId("a")])).toMatchObject({
      code: "not_found",
    });
    const [one, other] = await Promise.all([
      retryTasks(scope, run.id, [run.taskId("a")]),
      retryTasks(scope, run.id, [run.taskId("a")]),
    ]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
    expect((await run.task("a")).attempt).toBe(2);
  });
});

describe("retrying all that failed", () => {
  test("begins with what failed by itself, in one operation, and until it is done it can be asked again", async () => {
    await run.play(["b", "d"]);
    expect(await run.statuses()).toBe("a succeeded, b failed, c skipped, d failed, e skipped");
    expect(await retryFailed(scope, run.id)).toMatchObject({ ok: true, tasks: 4 });
    expect(await run.stored()).toMatchObject({ opSeqCounter: 1, status: "running" });
    await run.play(["d"]);
    expect(await retryFailed(scope, run.id)).toMatchObject({ ok: true, tasks: 2 });
    await run.play();
    expect(await run.stored()).toMatchObject({ status: "succeeded", control: null });
    const attempts = await Promise.all(
      ["a", "b", "c", "d"].map(async (node) => (await run.task(node)).attempt),
    );
    expect(attempts).toEqual([1, 2, 1, 3]);
    expect(
      (await listAttempts(scope, run.taskId("d"))).map(({ attempt, status }) => [attempt, status]),
    ).toEqual([
      [2, "failed"],
      [1, "failed"],
    ]);
  });

  test("brings a cancelled run back from where it was", async () => {
    await run.play([], 1);
    await cancelRun(scope, run.id);
    expect(await retryFailed(scope, run.id)).toMatchObject({ ok: true, tasks: 4 });
    await run.play();
    expect((await run.stored()).status).toBe("succeeded");
  });

  test("of two at once one is taken, and of a cancel and a retry at once the run ends as one of them says", async () => {
    await run.play(["b"]);
    const two = await Promise.all([retryFailed(scope, run.id), retryFailed(scope, run.id)]);
    expect(two.map(({ ok }) => ok).sort()).toEqual([false, true]);
    await run.play(["b"]);
    const [retried, cancelled] = await Promise.all([retryFailed(scope, run.id), cancelRun(scope, run.id)]);
    await run.play();
    await aggregateRun(scope, run.id);
    expect(retried.ok || cancelled.ok).toBe(true);
    expect((await run.stored()).status).toBe(cancelled.ok ? "cancelled" : "succeeded");
    expect((await run.stored()).control).toBeNull();
  });

  test("says that nothing is to be retried where nothing failed", async () => {
    await run.play();
    expect(await retryFailed(scope, run.id)).toMatchObject({ ok: false, code: "bad_input" });
  });
});
