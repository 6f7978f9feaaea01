import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { workflowDefinitions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { publishedVersion, sleepNode, storedAsset } from "@/lib/testing/workflows";
import { completeTask } from "./advance";
import { claimNext } from "./claim";
import { retryRun } from "./control/retry-run";
import type { CreationStep } from "./create";
import { bringUpToDate } from "./redrive";
import { settleAfter } from "./settle";
import { type StartRequest, startRun } from "./start";

testDatabase();
testMongo();

const builtin = { executors: ["builtin"], workerId: "worker-1" };
const graph = [sleepNode("a"), { ...sleepNode("b", "a"), executorConfig: { durationMs: 5 }, priority: 3 }];

let scope: WorkspaceScope;
let request: StartRequest;
beforeEach(async () => {
  scope = await memberScope("editor");
  const { workflowId } = await publishedVersion(scope, graph);
  request = { workflowId, inputBindings: [], idempotencyKey: randomUUID() };
});

const tasksOf = (filter: object = {}) =>
  scoped(scope)
    .collection(runTasks)
    .find(filter, { sort: { nodeId: 1 } })
    .toArray();
const runs = () => scoped(scope).collection(workflowRuns).find({}).sort({ _id: 1 }).toArray();

async function started(wish: StartRequest): Promise<string> {
  const answer = await startRun(scope, wish);
  if (!answer.ok) throw new Error(answer.message);
  return answer.runId;
}

describe("starting a run", () => {
  test("freezes the version's graph, and binds run and tasks to every asset once", async () => {
    const [one, other] = [await storedAsset(scope), await storedAsset(scope)];
    const runId = await started({
      ...request,
      inputBindings: [one, other, one].map((id) => ({ kind: "asset", id })),
    });
    const [run] = await runs();
    expect(run).toMatchObject({ _id: runId, status: "queued", runtimeSnapshot: { nodes: graph } });
    expect([run?.assetIds, run?.inputBindings.length]).toEqual([[one, other], 2]);
    expect(await tasksOf()).toMatchObject([
      { nodeId: "a", status: "queued", hold: null, assetIds: [one, other], executorConfig: {}, priority: 0 },
      { nodeId: "b", status: "pending", hold: null, assetIds: [one, other], priority: 3 },
    ]);
  });

  test("a request that is sent often makes one run; the same key with another wish is refused", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => startRun(scope, request)));
    const runId = await started(request);
    expect(answers).toEqual(answers.map(() => ({ ok: true, runId })));
    expect(await runs()).toHaveLength(1);
    const asset = await storedAsset(scope);
    const other = { ...request, inputBindings: [{ kind: "asset" as const, id: asset }] };
    expect(await startRun(scope, other)).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(request.idempotencyKey),
    });
    expect(await tasksOf()).toHaveLength(2);
  });

  test("two wishes under one key at the same moment make one run, and only its tasks are let go", async () => {
    const asset = await storedAsset(scope);
    const other = { ...request, inputBindings: [{ kind: "asset" as const, id: asset }] };
    const answers = await Promise.all([startRun(scope, request), startRun(scope, other)]);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const [run, ...others] = await runs();
    expect(others).toEqual([]);
    const free = await tasksOf({ hold: null });
    expect(free.map(({ workflowRunId }) => workflowRunId)).toEqual([run?._id, run?._id]);
  });

  test.each<CreationStep>(["tasks", "run", "released"])(
    "killed after %s, it leaves nothing that is seen or worked on, or a run that is whole when it is looked after",
    async (step) => {
      const killed = new Error("killed");
      const start = startRun(scope, request, async (at) => {
        if (at === step) throw killed;
      });
      await expect(start).rejects.toBe(killed);
      const [run] = await runs();
      if (step !== "released") expect(await claimNext(scope, builtin)).toBeNull();
      if (run) await bringUpToDate(scope, run._id);
      else await started(request);
      expect(await runs()).toHaveLength(1);
      expect((await tasksOf()).map(({ status, hold }) => [status, hold])).toEqual([
        ["queued", null],
        ["pending", null],
      ]);
      expect(await started(request)).toBe((await runs())[0]?._id);
    },
  );

  test("says what is wrong before anything is stored", async () => {
    const refusal = async (wish: Partial<StartRequest>, by = scope) => {
      const answer = await startRun(by, { ...request, idempotencyKey: randomUUID(), ...wish });
      return answer.ok ? "started" : `${answer.code}: ${answer.message}`;
    };
    expect(await refusal({ workflowId: "nothing" })).toMatch(/^not_found: .*nothing/);
    expect(await refusal({}, await memberScope("editor"))).toMatch(/^not_found: There is no workflow/);
    expect(await refusal({ versionNumber: 7 })).toMatch(/^not_found: .*no version 7/);
    expect(await refusal({ inputBindings: [{ kind: "asset", id: "foreign" }] })).toMatch(
      /^not_found: There is no asset foreign/,
    );
    expect(await refusal({ retryOfRunId: "nothing" })).toMatch(/^not_found: There is no run/);
    const circle = await publishedVersion(scope, [sleepNode("x", "y"), sleepNode("y", "x")]);
    expect(await refusal(circle)).toMatch(/^bad_input: .*(x.*y|y.*x)/);
    const probe = await publishedVersion(scope, [{ ...sleepNode("p"), nodeType: "probe" }]);
    expect(await refusal(probe)).toMatch(/^bad_input: .*bound to none/);
    await scoped(scope)
      .collection(workflowDefinitions)
      .updateOne({ _id: request.workflowId }, { $set: { status: "archived" } });
    expect(await refusal({})).toMatch(/^conflict: .*archived/);
    expect([await runs(), await tasksOf()]).toEqual([[], []]);
  });
});

describe("running a run again", () => {
  test("takes the graph from the old run, whatever was published since, and names it", async () => {
    const old = await started(request);
    const retry = { runId: old, idempotencyKey: randomUUID() };
    const answers = await Promise.all([retryRun(scope, retry), retryRun(scope, retry)]);
    const [answer] = answers;
    expect(answers).toEqual([answer, answer]);
    expect(answer?.ok).toBe(true);
    const made = (await runs()).filter(({ _id }) => _id !== old);
    expect(made).toMatchObject([{ retryOfRunId: old, runtimeSnapshot: { nodes: graph }, status: "queued" }]);
    expect(await tasksOf({ workflowRunId: made[0]?._id ?? "" })).toHaveLength(2);
  });

  test("takes other inputs where they are given, and the old ones otherwise", async () => {
    const [one, other] = [await storedAsset(scope), await storedAsset(scope)];
    const old = await started({ ...request, inputBindings: [{ kind: "asset", id: one }] });
    await retryRun(scope, { runId: old, idempotencyKey: randomUUID() });
    await retryRun(scope, {
      runId: old,
      idempotencyKey: randomUUID(),
      inputBindings: [{ kind: "asset", id: other }],
    });
    const again = (await runs()).filter(({ retryOfRunId }) => retryOfRunId === old);
    expect(again.map(({ assetIds }) => assetIds.join()).sort()).toEqual([one, other].sort());
  });

  test("is refused for a run of another workspace as for one that is not there", async () => {
    const runId = await started(request);
    const stranger = await memberScope("owner");
    const foreign = await retryRun(stranger, { runId, idempotencyKey: randomUUID() });
    expect(foreign).toEqual(await retryRun(stranger, { runId: "nothing", idempotencyKey: randomUUID() }));
    expect(foreign).toMatchObject({ ok: false, code: "not_found" });
  });
});

test("what a set operation leaves is what comes behind works on, and hands on in turn", async () => {
  const [one, other] = [await storedAsset(scope), await storedAsset(scope)];
  const { workflowId } = await publishedVersion(scope, [
    sleepNode("a"),
    sleepNode("b", "a"),
    sleepNode("c", "b"),
  ]);
  const inputBindings = [one, other].map((id) => ({ kind: "asset" as const, id }));
  const runId = await started({ ...request, workflowId, inputBindings, idempotencyKey: randomUUID() });
  for (const outputAssetIds of [[other], undefined]) {
    const task = await claimNext(scope, builtin);
    if (!task) throw new Error("Nothing to claim");
    await completeTask(
      scope,
      { taskId: task._id, fence: task.fence },
      {
        outcome: "succeeded",
        errorMessage: null,
        outputArtifactIds: [],
        lastResultPreview: null,
        outputAssetIds,
      },
    );
    await settleAfter(scope, runId, [task.nodeId]);
  }
  expect((await tasksOf({ workflowRunId: runId })).map(({ assetIds }) => assetIds)).toEqual([
    [one, other],
    [other],
    [other],
  ]);
});
