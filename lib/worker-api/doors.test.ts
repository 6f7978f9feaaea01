import { createHash, randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { POST as artifactDoor } from "@/app/api/v1/worker/artifact/route";
import { POST as claimDoor } from "@/app/api/v1/worker/claim/route";
import { POST as completeDoor } from "@/app/api/v1/worker/complete/route";
import { POST as heartbeatDoor } from "@/app/api/v1/worker/heartbeat/route";
import { POST as logDoor } from "@/app/api/v1/worker/log/route";
import { POST as releaseDoor } from "@/app/api/v1/worker/release/route";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { reapTask } from "@/lib/runs/advance";
import { aggregatesDone } from "@/lib/runs/aggregate";
import { cancelRun } from "@/lib/runs/control/cancel";
import { createRuns, type NewTask } from "@/lib/runs/create";
import { getRun } from "@/lib/runs/queries";
import { listLiveWorkers } from "@/lib/runs/workers/queries";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith } from "@/lib/testing/doors";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { callsPerSecond, countCall } from "./limits";
import type { ClaimedTask } from "./schema";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

let program: Program;
let runId: string;
beforeEach(async () => {
  program = await programWith("tasks:work");
  runId = `run-${randomBytes(6).toString("hex")}`;
});

const external = (nodeId: string, values: Partial<NewTask> = {}) =>
  newTaskOf(runId, nodeId, { executorType: "external", ...values });
const makeRun = (...tasks: NewTask[]) => createRuns(program.scope, [newRunOf(runId, tasks)]);

function request(path: string, body: BodyInit, headers: Record<string, string> = {}, by = program): Request {
  return new Request(`http://localhost/api/v1/worker/${path}`, {
    method: "POST",
    headers: { authorization: by.authorization, ...headers },
    body,
  });
}

const json = (path: string, body: object, by?: Program) => request(path, JSON.stringify(body), {}, by);

async function claim(values: object = {}, by?: Program): Promise<Response> {
  return claimDoor(json("claim", { workerId: "mine", executors: ["external"], ...values }, by));
}

async function claimed(values: object = {}): Promise<ClaimedTask> {
  const answer = await claim(values);
  expect(answer.status).toBe(200);
  return answer.json();
}

const held = ({ task }: ClaimedTask) => ({ taskId: task.id, fence: task.fence });
const place = ({ task }: ClaimedTask) => `task=${task.id}&fence=${task.fence}`;
const sendLog = (mine: ClaimedTask, key: string, lines: object[]) =>
  logDoor(
    request(`log?${place(mine)}`, lines.map((line) => JSON.stringify(line)).join("\n"), {
      "idempotency-key": key,
    }),
  );

async function stored(nodeId: string): Promise<RunTask> {
  const task = await scoped(program.scope).collection(runTasks).findOne({ workflowRunId: runId, nodeId });
  if (!task) throw new Error(`There is no task ${nodeId}`);
  return task;
}

async function loseLease(nodeId: string): Promise<void> {
  const { _id: taskId, fence } = await stored(nodeId);
  await scoped(program.scope)
    .collection(runTasks)
    .updateOne({ _id: taskId }, { $set: { leaseExpiresAt: new Date(Date.now() - 1_000) } });
  expect(await reapTask(program.scope, { taskId, fence })).toBe("reaped");
}

const problem = async (answer: Response) => {
  const { error } = await answer.json();
  return [answer.status, error.code, error.message];
};

describe("a worker over HTTP", () => {
  test("gets what it needs to work: settings, inputs, and what came before; its results are handed on", async () => {
    await makeRun(
      external("a", { executorConfig: { depth: 3 }, codeHookSpec: { before: "print(1)" }, assetIds: ["x"] }),
      external("b", { upstreamNodeIds: ["a"] }),
    );
    const first = await claimed();
    expect(first).toMatchObject({
      task: {
        nodeId: "a",
        executorConfig: { depth: 3 },
        codeHookSpec: { before: "print(1)" },
        assetIds: ["x"],
      },
      run: { id: runId, workflowName: "some-flow" },
      upstream: [],
    });
    const answer = await completeDoor(
      json("complete", { ...held(first), outcome: "succeeded", result: { rows: 7 } }),
    );
    expect(await answer.json()).toEqual({ answer: "completed" });
    const second = await claimed();
    expect(second.upstream).toMatchObject([{ nodeId: "a", assetIds: ["x"], result: { rows: 7 } }]);
    await completeDoor(json("complete", { ...held(second), outcome: "succeeded" }));
    await aggregatesDone();
    expect(await getRun(program.scope, runId)).toMatchObject({ status: "succeeded" });
  });

  test("without a task the answer is 204, and a waiting claim gets the task that becomes ready meanwhile", async () => {
    await makeRun(external("a"), external("b", { upstreamNodeIds: ["a"] }));
    const first = await claimed();
    expect((await claim()).status).toBe(204);
    const waiting = claim({ waitMs: 20_000 });
    await completeDoor(json("complete", { ...held(first), outcome: "succeeded" }));
    expect(await (await waiting).json()).toMatchObject({ task: { nodeId: "b" } });
  });

  test("takes only tasks of the executors and kinds of node that it names", async () => {
    await makeRun(external("a", { nodeType: "train" }), newTaskOf(runId, "b", { executorType: "builtin" }));
    expect((await claim({ nodeTypes: ["eval"] })).status).toBe(204);
    expect(await claimed({ nodeTypes: ["eval", "train"] })).toMatchObject({ task: { nodeId: "a" } });
    expect((await claim()).status).toBe(204);
  });

  test("a batch of lines that is sent twice is stored and counted once", async () => {
    await makeRun(external("a"));
    const mine = await claimed();
    const lines = [{ message: "one" }, { message: "two", stream: "stderr" }];
    for (let time = 0; time < 2; time++) {
      const answer = await sendLog(mine, "1", lines);
      expect(await answer.json()).toEqual({ accepted: 2 });
    }
    expect((await sendLog(mine, "1", [{ message: "other" }])).status).toBe(409);
    const task = await stored("a");
    expect(task).toMatchObject({
      stdoutCount: 1,
      stderrCount: 1,
      logLines: ["one", "two"],
      stderrLines: ["two"],
    });
    const rows = await scoped(program.scope)
      .collection(logEntries)
      .find({ episodeId: task.logRef ?? "" }, { sort: { sequenceNumber: 1 } })
      .toArray();
    expect(rows).toMatchObject([
      { message: "one", level: "info", metadata: { stream: "stdout", source: "a" } },
      { message: "two", level: "warn", metadata: { stream: "stderr" } },
    ]);
  });

  test("a line that cannot be read refuses its batch and is named", async () => {
    await makeRun(external("a"));
    const mine = await claimed();
    const answer = await sendLog(mine, "1", [{ message: "one" }, { message: 5 }]);
    expect(await problem(answer)).toEqual([400, "bad_input", expect.stringContaining("line 2.message")]);
    expect((await stored("a")).logLines).toEqual([]);
  });

  test("an artifact is the task's once a completion that names it is accepted; other bytes are refused", async () => {
    await makeRun(external("a"));
    const mine = await claimed();
    const send = (body: string, sha256: string) =>
      artifactDoor(
        request(`artifact?${place(mine)}&name=out.txt`, body, {
          "x-content-sha256": sha256,
          "content-type": "text/plain",
        }),
      );
    const sha256 = createHash("sha256").update("hello").digest("hex");
    expect((await send("hell", sha256)).status).toBe(400);
    const { artifactId } = await (await send("hello", sha256)).json();
    expect(await (await send("hello", sha256)).json()).toEqual({ artifactId });
    const foreign = await completeDoor(
      json("complete", { ...held(mine), outcome: "succeeded", artifactIds: ["another"] }),
    );
    expect(await problem(foreign)).toEqual([400, "bad_input", expect.stringContaining("another")]);
    const body = { ...held(mine), outcome: "succeeded", artifactIds: [artifactId] };
    for (let time = 0; time < 2; time++)
      expect((await completeDoor(json("complete", body))).status).toBe(200);
    expect((await stored("a")).outputArtifactIds).toEqual([artifactId]);
  });

  test("whoever lost its lease is told so by every call, and nothing that it sends is kept", async () => {
    await makeRun(external("a"));
    const mine = await claimed();
    await loseLease("a");
    const calls = [
      heartbeatDoor(json("heartbeat", held(mine))),
      sendLog(mine, "late", [{ message: "late" }]),
      artifactDoor(request(`artifact?${place(mine)}&name=late`, "late")),
      completeDoor(json("complete", { ...held(mine), outcome: "succeeded" })),
      releaseDoor(json("release", held(mine))),
    ];
    for (const answer of await Promise.all(calls)) expect(answer.status).toBe(409);
    expect(await stored("a")).toMatchObject({
      status: "queued",
      stdoutCount: 0,
      outputArtifactIds: [],
      stalls: 1,
    });
    expect((await claimed({ workerId: "other" })).task).toMatchObject({
      nodeId: "a",
      fence: mine.task.fence + 2,
    });
  });

  test("a cancellation is told by the heartbeat, and the worker says that it has stopped", async () => {
    await makeRun(external("a"), external("b"));
    const mine = await claimed();
    expect(await (await heartbeatDoor(json("heartbeat", held(mine)))).json()).toEqual({ answer: "go_on" });
    await cancelRun(program.scope, runId);
    expect(await (await heartbeatDoor(json("heartbeat", held(mine)))).json()).toEqual({ answer: "cancel" });
    await completeDoor(json("complete", { ...held(mine), outcome: "cancelled" }));
    await aggregatesDone();
    expect(await getRun(program.scope, runId)).toMatchObject({ status: "cancelled" });
    expect((await claim()).status).toBe(204);
  });

  test("a task that is given back waits for the next worker and is no lost one", async () => {
    await makeRun(external("a"));
    const mine = await claimed();
    expect(await (await releaseDoor(json("release", held(mine)))).json()).toEqual({ answer: "given_back" });
    expect(await stored("a")).toMatchObject({ status: "queued", stalls: 0 });
  });

  test("to a program of another workspace a task answers like one that never was", async () => {
    await makeRun(external("a"));
    const stranger = await programWith("tasks:work");
    expect((await claim({}, stranger)).status).toBe(204);
    const mine = await claimed();
    const answers = await Promise.all(
      [held(mine), { taskId: "nothing", fence: 1 }].map((body) =>
        heartbeatDoor(json("heartbeat", body, stranger)).then(problem),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(await listLiveWorkers(stranger.scope, "external")).toMatchObject([{ worker: "mine" }]);
    expect((await stored("a")).heartbeatAt).toEqual((await stored("a")).startedAt);
  });

  test("the workers of a workspace are known to its pages, and to no other", async () => {
    await claim({ slots: 4, busy: 1, version: "2.1" });
    const stranger = await programWith("tasks:work");
    expect(await listLiveWorkers(program.scope)).toMatchObject([
      { worker: "mine", executors: ["external"], slots: 4, busy: 1, version: "2.1", external: true },
    ]);
    expect(await listLiveWorkers(program.scope, "builtin")).toEqual([]);
    expect(await listLiveWorkers(stranger.scope)).toEqual([]);
  });

  test("a token that may not work on tasks is refused, and a body that is wrong is named by its place", async () => {
    expect((await claim({}, await programWith("logs:write"))).status).toBe(403);
    expect(await problem(await claim({ executors: [] }))).toEqual([
      400,
      "bad_input",
      expect.stringMatching(/^executors: /),
    ]);
    const noJson = await claimDoor(request("claim", "{"));
    expect(await problem(noJson)).toEqual([400, "bad_input", "The body is no JSON."]);
  });

  test("a workspace that calls without a pause is told when to come again; others are not held up", async () => {
    const stranger = await programWith("tasks:work");
    const callOn = () => {
      for (let n = 0; n < callsPerSecond * 8; n++) countCall(program.scope);
    };
    expect(callOn).toThrow(expect.objectContaining({ code: "rate_limited", retryAfterSeconds: 1 }));
    expect((await claim({}, stranger)).status).toBe(204);
  });
});
