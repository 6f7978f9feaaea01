import { randomUUID } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import { scopeForCommand, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import type { Role } from "@/lib/auth/roles";
import { listAuditOf } from "@/lib/db/audit";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { createPerson, createWorkspace, join, memberScope, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { publishedVersion, sleepNode } from "@/lib/testing/workflows";
import { redrive } from "@/lib/worker/redrive";
import * as actions from "./actions";
import { toBeTold } from "./audit";
import { cancelRun } from "./control/cancel";
import { startRun } from "./start";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();

let slug: string;
let scope: WorkspaceScope;
let workflowId: string;
let runId: string;
beforeEach(async () => {
  slug = (await createWorkspace()).slug;
  const found = await scopeForCommand(slug);
  if (!found) throw new Error("The workspace is not there");
  scope = found;
  workflowId = (await publishedVersion(scope, [sleepNode("a"), sleepNode("b", "a")])).workflowId;
  const started = await startRun(scope, { workflowId, inputBindings: [], idempotencyKey: randomUUID() });
  if (!started.ok) throw new Error(started.message);
  runId = started.runId;
});

async function arriveAs(role: Role): Promise<void> {
  const person = await createPerson({ displayName: "Ada" });
  await join({ id: scope.workspaceId }, person, role);
  arrive(await signedInCookie(person));
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const actsOf = async (id = runId) =>
  (await listAuditOf(scope, { resourceType: "workflow_run", resourceId: id })).map(({ action }) => action);

test("a viewer is refused every act, and nothing changes", async () => {
  const before = await scoped(scope).collection(runTasks).find({}).sort({ _id: 1 }).toArray();
  await arriveAs("viewer");
  const everything = form({
    runId,
    workflowId,
    taskIds: before[0]?._id ?? "",
    inputBindings: "[]",
    idempotencyKey: randomUUID(),
  });
  for (const action of Object.values(actions))
    expect(await action(slug, null, everything)).toMatchObject({ ok: false, code: "forbidden" });
  expect(await scoped(scope).collection(runTasks).find({}).sort({ _id: 1 }).toArray()).toEqual(before);
  expect(await actsOf()).toEqual([]);
});

test("an editor cancels, retries and starts, and the trail tells it", async () => {
  await arriveAs("editor");
  expect(await actions.cancelRunAction(slug, null, form({ runId }))).toMatchObject({ ok: true });
  expect(await actions.cancelRunAction(slug, null, form({ runId }))).toMatchObject({ code: "conflict" });
  expect(await actions.retryFailedAction(slug, null, form({ runId }))).toMatchObject({ ok: true });
  expect(await actsOf()).toEqual(["run.retry_tasks", "run.cancel"]);
  const key = randomUUID();
  const fields = form({ workflowId, inputBindings: "[]", idempotencyKey: key });
  for (const _click of [1, 2])
    await expect(actions.startRunAction(slug, null, fields)).rejects.toThrow(/redirect .*\/runs\/run-/);
  const made = await scoped(scope).collection(workflowRuns).findOne({ idempotencyKey: key });
  expect(made).toMatchObject({ triggeredBy: "Ada", workflowDefinitionId: workflowId });
  expect(await actsOf(made?._id)).toEqual(["run.start"]);
});

test("inputs that are no list of assets and datasets are named, and nothing is started", async () => {
  await arriveAs("editor");
  for (const inputBindings of ["{", "[1]", '[{"kind":"file","id":"x"}]']) {
    const fields = form({ workflowId, inputBindings, idempotencyKey: randomUUID() });
    expect(await actions.startRunAction(slug, null, fields)).toMatchObject({
      code: "bad_input",
      fields: { inputBindings: expect.stringContaining("assets and datasets") },
    });
  }
  expect(await scoped(scope).collection(workflowRuns).countDocuments({})).toBe(1);
});

test("an act whose process died is in the trail once somebody went on with it", async () => {
  const killed = new Error("killed");
  const dying = cancelRun(scope, runId, {
    onStep: () => {
      throw killed;
    },
  });
  await expect(dying).rejects.toBe(killed);
  await scoped(scope)
    .collection(workflowRuns)
    .updateOne({ _id: runId }, { $set: { "control.expiresAt": new Date(0) } });
  await redrive(workerPlatformScope(), new AbortController().signal);
  expect(await actsOf()).toEqual(["run.cancel"]);
  const run = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  expect(run).toMatchObject({ status: "cancelled", control: null });
});

test.each(["run", "released"] as const)(
  "a start whose process died after %s is in the trail once, under who asked",
  async (step) => {
    const killed = new Error("killed");
    const editor = await memberScope("editor", { id: scope.workspaceId, slug });
    const wish = { workflowId, inputBindings: [], idempotencyKey: randomUUID() };
    const untold = toBeTold(editor, new Date(Date.now() - 60_000));
    const dying = startRun(editor, { ...wish, untold }, async (at) => {
      if (at === step) throw killed;
    });
    await expect(dying).rejects.toBe(killed);
    const made = await scoped(scope)
      .collection(workflowRuns)
      .findOne({ idempotencyKey: wish.idempotencyKey });
    if (!made) throw new Error("There is no run");
    expect(await actsOf(made._id)).toEqual([]);
    for (const _round of [1, 2]) await redrive(workerPlatformScope(), new AbortController().signal);
    expect(await listAuditOf(scope, { resourceType: "workflow_run", resourceId: made._id })).toMatchObject([
      { action: "run.start", actor: "user", actorId: editor.userId, at: untold.at, after: { workflowId } },
    ]);
  },
);
