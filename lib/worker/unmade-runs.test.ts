import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { createRuns } from "@/lib/runs/create";
import { type StartRequest, startRun } from "@/lib/runs/start";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { publishedVersion, sleepNode } from "@/lib/testing/workflows";
import { clearUnmadeRuns } from "./unmade-runs";

testDatabase();
testMongo();

const platform = workerPlatformScope();
const signal = new AbortController().signal;
const killed = new Error("killed");
/** As if all that is held had been held for days. */
const later = () => new Date(Date.now() + 60_000);

let scope: WorkspaceScope;
let request: StartRequest;
beforeEach(async () => {
  scope = await memberScope("editor");
  const { workflowId } = await publishedVersion(scope, [sleepNode("a"), sleepNode("b", "a")]);
  request = { workflowId, inputBindings: [], idempotencyKey: randomUUID() };
});

const tasks = () => scoped(scope).collection(runTasks).find({}).sort({ nodeId: 1 }).toArray();
const runs = () => scoped(scope).collection(workflowRuns).find({}).sort({ _id: 1 }).toArray();
const states = async () => (await tasks()).map(({ nodeId, status, hold }) => [nodeId, status, hold]);
const whole = [
  ["a", "queued", null],
  ["b", "pending", null],
];

function killedAt(step: "tasks" | "run") {
  return startRun(scope, request, async (at) => {
    if (at === step) throw killed;
  });
}

test("tasks whose maker died before their run was stored are cleared away, and the request can still be repeated", async () => {
  await expect(killedAt("tasks")).rejects.toBe(killed);
  expect(await tasks()).toHaveLength(2);
  expect(await clearUnmadeRuns(platform, signal, later())).toBe(2);
  expect([await runs(), await tasks()]).toEqual([[], []]);
  expect(await startRun(scope, request)).toMatchObject({ ok: true });
  expect(await states()).toEqual(whole);
});

test("young ones are left alone: their run may be stored in a moment", async () => {
  await expect(killedAt("tasks")).rejects.toBe(killed);
  expect(await clearUnmadeRuns(platform, signal)).toBe(0);
  expect(await tasks()).toHaveLength(2);
  expect(await clearUnmadeRuns(platform, signal, later())).toBe(2);
});

test("a maker that slept until its tasks were gone makes a whole run all the same", async () => {
  const started = await startRun(scope, request, async (at) => {
    if (at === "tasks") expect(await clearUnmadeRuns(platform, signal, later())).toBe(2);
  });
  expect(started).toMatchObject({ ok: true });
  expect(await states()).toEqual(whole);
  expect((await tasks()).every((task) => !("heldSince" in task))).toBe(true);
});

test("tasks of a run that is there are let go, also when it is over and nobody looks after it any more", async () => {
  const runId = `run-${randomUUID()}`;
  const past = newRunOf(runId, [newTaskOf(runId, "a", { status: "succeeded" })], { status: "succeeded" });
  const dying = createRuns(scope, [past], async (at) => {
    if (at === "run") throw killed;
  });
  await expect(dying).rejects.toBe(killed);
  expect(await clearUnmadeRuns(platform, signal, later())).toBe(0);
  expect(await states()).toEqual([["a", "succeeded", null]]);
});

test("tasks that a retry holds are none of them", async () => {
  const started = await startRun(scope, request);
  expect(started.ok).toBe(true);
  await scoped(scope)
    .collection(runTasks)
    .updateMany({}, { $set: { hold: "1" } });
  expect(await clearUnmadeRuns(platform, signal, later())).toBe(0);
  expect(await tasks()).toHaveLength(2);
});
