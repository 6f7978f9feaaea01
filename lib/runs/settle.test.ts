import { beforeEach, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { done, PlayedRun } from "@/lib/testing/played-run";
import { completeTask } from "./advance";
import { retryTasks } from "./control/retry-tasks";
import { settleAfter } from "./settle";
import { finishTask, successOf } from "./work/finish";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let run: PlayedRun;
beforeEach(async () => {
  scope = await memberScope("editor");
  run = await PlayedRun.create(scope);
});

test("who knew of a success before somebody reset it queues nothing on it (I2)", async () => {
  const a = await run.claim();
  const answer = await completeTask(scope, { taskId: a._id, fence: a.fence }, done);
  expect(await retryTasks(scope, run.id, [a._id])).toMatchObject({ ok: true });
  expect(await run.statuses()).toBe("a queued, b pending, c pending, d pending, e pending");
  await settleAfter(scope, run.id, ["a"], successOf(a, done, answer));
  expect(await run.statuses()).toBe("a queued, b pending, c pending, d pending, e pending");
});

test("a task that is reset by itself is queued on what succeeded before", async () => {
  await run.play([], 1);
  const b = await run.claim();
  await run.end(b, { ...done, outcome: "failed", errorMessage: "no" });
  expect(await retryTasks(scope, run.id, [b._id])).toMatchObject({ ok: true });
  await run.play();
  expect(await run.statuses()).toBe("a succeeded, b succeeded, c succeeded, d succeeded, e succeeded");
});

test("an end that is sent again as another one changes nothing of what follows from the first", async () => {
  const a = await run.claim();
  const failed = { ...done, outcome: "failed" as const, errorMessage: "no" };
  expect(await completeTask(scope, { taskId: a._id, fence: a.fence }, failed)).toBe("completed");
  expect(await finishTask(scope, a, done)).toBe("completed");
  expect(await run.statuses()).toBe("a failed, b skipped, c skipped, d skipped, e skipped");
});
