import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as artifact } from "@/app/api/v1/worker/artifact/route";
import { POST as claim } from "@/app/api/v1/worker/claim/route";
import { POST as complete } from "@/app/api/v1/worker/complete/route";
import { POST as heartbeat } from "@/app/api/v1/worker/heartbeat/route";
import { POST as log } from "@/app/api/v1/worker/log/route";
import { POST as release } from "@/app/api/v1/worker/release/route";
import { runWorker, type Work } from "@/clients/worker/strata-worker.mjs";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { createRuns, type NewTask } from "@/lib/runs/create";
import { getRun } from "@/lib/runs/queries";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith } from "@/lib/testing/doors";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const doors: Record<string, (request: Request) => Promise<Response>> = {
  artifact,
  claim,
  complete,
  heartbeat,
  log,
  release,
};

let server: Server;
let url: string;
/** Answers that get lost on their way back, after the call was done. */
let loseAnswers = 0;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const part of request) body.push(part);
    const place = new URL(request.url ?? "", "http://localhost");
    const door = doors[place.pathname.split("/").at(-1) ?? ""];
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const init = { method: "POST", headers, body: Buffer.concat(body), signal: gone.signal };
    const answer = (await door?.(new Request(place, init))) ?? new Response(null, { status: 404 });
    if (loseAnswers > 0 && !place.pathname.endsWith("claim")) {
      loseAnswers--;
      return response.destroy();
    }
    response
      .writeHead(answer.status, Object.fromEntries(answer.headers))
      .end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let program: Program;
let runId: string;
beforeEach(async () => {
  program = await programWith("tasks:work");
  runId = `run-${randomBytes(6).toString("hex")}`;
  loseAnswers = 0;
});

const makeTask = (values: Partial<NewTask> = {}) =>
  createRuns(program.scope, [
    newRunOf(runId, [newTaskOf(runId, "a", { executorType: "external", ...values })]),
  ]);

async function stored(): Promise<RunTask> {
  const task = await scoped(program.scope).collection(runTasks).findOne({ workflowRunId: runId });
  if (!task) throw new Error("There is no task");
  return task;
}

/** Lets a worker work until the task is as `until` wants it. */
async function withWorker(
  work: (work: Work) => Promise<{ result?: Record<string, unknown> } | undefined>,
  until: (task: RunTask) => boolean,
): Promise<RunTask> {
  const stop = new AbortController();
  const token = program.authorization.replace("Bearer ", "");
  const working = runWorker({ url, token, executors: ["external"], work, signal: stop.signal });
  try {
    return await vi.waitUntil(
      async () => {
        const task = await stored();
        return until(task) && task;
      },
      { timeout: 20_000, interval: 50 },
    );
  } finally {
    stop.abort();
    await working;
  }
}

describe("the client", () => {
  test("works a task: its log, its artifact and its result are the console's, each once, though answers get lost", async () => {
    await makeTask({ executorConfig: { rows: 3 } });
    const task = await withWorker(
      async ({ task, log, artifact }) => {
        loseAnswers = 3;
        for (let n = 1; n <= Number(task.executorConfig.rows); n++) log(`row ${n}`);
        log("careful", { stream: "stderr" });
        await artifact({ name: "rows.txt", body: "3" });
        return { result: { rows: 3 } };
      },
      ({ status }) => status === "succeeded",
    );
    expect(task).toMatchObject({
      stdoutLines: ["row 1", "row 2", "row 3"],
      stderrLines: ["careful"],
      stdoutCount: 3,
      lastResultPreview: { rows: 3 },
      outputArtifactIds: [expect.any(String)],
      deliveries: 1,
    });
  });

  test("what the work throws is the failure of the task", async () => {
    await makeTask();
    const work = async () => {
      throw new Error("out of memory");
    };
    const task = await withWorker(work, ({ status }) => status === "failed");
    expect(task.errorMessage).toBe("out of memory");
  });

  test("a result that the console cannot take is a failure that says so, and the worker goes on", async () => {
    await makeTask();
    const work = async () => ({ result: { text: "x".repeat(100_000) } });
    const task = await withWorker(work, ({ status }) => status === "failed");
    expect(task.errorMessage).toContain("Send the whole as an artifact");
  });

  test("a worker that stops gives back what it has not done", async () => {
    await makeTask();
    let begun = false;
    let ended: unknown;
    const work = ({ signal }: Work) =>
      new Promise<undefined>((_, reject) => {
        begun = true;
        signal.addEventListener("abort", () => {
          ended = signal.reason;
          reject(signal.reason);
        });
      });
    await withWorker(work, () => begun);
    expect(ended).toBeInstanceOf(Error);
    expect(await stored()).toMatchObject({ status: "queued", stalls: 0 });
  });
});

test("a worker that knows the HTTP API alone runs a workflow to its end", async () => {
  const external = (nodeId: string, values: Partial<NewTask> = {}) =>
    newTaskOf(runId, nodeId, { executorType: "external", ...values });
  await createRuns(program.scope, [
    newRunOf(runId, [
      external("a", { executorConfig: { lines: 3, bytes: 2_000 } }),
      external("b", { upstreamNodeIds: ["a"] }),
    ]),
  ]);
  const worker = spawn(process.execPath, [resolve(import.meta.dirname, "../../e2e/external-worker.mjs")], {
    env: { ...process.env, STRATA_URL: url, STRATA_TOKEN: program.authorization.replace("Bearer ", "") },
    stdio: "ignore",
  });
  try {
    await vi.waitUntil(async () => (await getRun(program.scope, runId))?.status === "succeeded", {
      timeout: 25_000,
      interval: 100,
    });
  } finally {
    worker.kill("SIGKILL");
  }
  const [a, b] = await scoped(program.scope)
    .collection(runTasks)
    .find({ workflowRunId: runId }, { sort: { nodeId: 1 } })
    .toArray();
  expect(a).toMatchObject({
    workerId: "journey-worker",
    deliveries: 1,
    stdoutCount: 3,
    logLines: ["a counts 1", "a counts 2", "a counts 3"],
    outputArtifactIds: [expect.any(String)],
  });
  expect(b?.lastResultPreview).toEqual({ node: "b", after: ["a"] });
});
