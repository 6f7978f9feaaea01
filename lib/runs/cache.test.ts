import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { createRuns, type NewTask } from "./create";
import { getTask } from "./queries";

testDatabase();
testMongo();

let scope: WorkspaceScope;
beforeEach(async () => {
  scope = await memberScope("editor");
});

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 14, minute));

/** A run of one task that ended at that minute. */
async function ran(minute: number, values: Partial<NewTask> = {}, by = scope): Promise<string> {
  const runId = `run-${randomBytes(6).toString("hex")}`;
  const task = newTaskOf(runId, "encode", {
    status: "succeeded",
    cacheKey: "cache-1",
    finishedAt: at(minute),
    ...values,
  });
  await createRuns(by, [newRunOf(runId, [task], { status: "succeeded" })]);
  return runId;
}

const sourceOf = async (runId: string) => (await getTask(scope, runId, `${runId}.encode`))?.cacheSource;

test("a result from the cache names the last run before it that did the work", async () => {
  await ran(1);
  const source = await ran(2);
  await ran(3, { cacheHit: true });
  await ran(4, { status: "failed" });
  await ran(5, { cacheKey: "cache-2" });
  const hit = await ran(6, { cacheHit: true });
  await ran(7);
  expect(await sourceOf(hit)).toEqual({
    runId: source,
    taskId: `${source}.encode`,
    finishedAt: at(2).toISOString(),
  });
});

test("a task that did its own work names none, nor does one whose source is nowhere in the workspace", async () => {
  const own = await ran(1);
  expect(await sourceOf(own)).toBeNull();
  await ran(1, { cacheKey: "shared" }, await memberScope("editor"));
  expect(await sourceOf(await ran(2, { cacheKey: "shared", cacheHit: true }))).toBeNull();
});
