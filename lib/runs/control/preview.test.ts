import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { PlayedRun } from "@/lib/testing/played-run";
import { previewCancel, previewRetry } from "./preview";
import { retryFailed, retryTasks } from "./retry-tasks";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let run: PlayedRun;
beforeEach(async () => {
  scope = await memberScope("editor");
  run = await PlayedRun.create(scope);
});

describe("looking before doing", () => {
  test("a preview lists what a retry resets and what it supersedes, and changes nothing", async () => {
    await run.play(["c"]);
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: run.taskId("b") }, { $set: { outputArtifactIds: ["one", "two"] } });
    const before = await run.statuses();
    const preview = await previewRetry(scope, run.id, [run.taskId("b")]);
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
    expect(await run.statuses()).toBe(before);
  });

  test("it says which tasks run and would be fenced out; a cancel, what ends at once and what is told", async () => {
    await run.play([], 1);
    const behind = await run.claim();
    expect(await previewRetry(scope, run.id, [run.taskId("a")])).toMatchObject({ total: 5, running: 1 });
    expect(await previewCancel(scope, run.id)).toMatchObject({ total: 4, running: 1, artifacts: 0 });
    expect((await run.task(behind.nodeId)).status).toBe("running");
  });

  test("it refuses what the act would refuse, and shows nothing of another workspace", async () => {
    await run.play(["a"]);
    expect(await previewRetry(scope, run.id, [run.taskId("b")])).toEqual(
      await retryTasks(scope, run.id, [run.taskId("b")]),
    );
    const stranger = await memberScope("owner");
    expect(await previewRetry(stranger, run.id, [run.taskId("a")])).toMatchObject({ code: "not_found" });
    expect(await previewCancel(stranger, run.id)).toMatchObject({ code: "not_found" });
    expect(await retryFailed(stranger, run.id)).toMatchObject({ code: "not_found" });
  });
});
