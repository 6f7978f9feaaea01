import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";
import { makeWorkspace, type Workspace } from "./people";
import { makeWaitingRun, outliveLease, storedTask } from "./run-world";

/* Programs that work on tasks over HTTP. The one in external-worker.mjs knows of the console what docs/api.md says. */

/* Processes of their own start here, and leases are waited for: a busy machine takes longer than most journeys. */
test.describe.configure({ timeout: 150_000 });

const workers: ChildProcess[] = [];
test.afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
});

/** Starts it, and collects what it says. */
function startWorker(baseURL: string | undefined, { token }: Workspace): string[] {
  const said: string[] = [];
  const worker = spawn(process.execPath, [resolve(__dirname, "external-worker.mjs")], {
    env: { ...process.env, STRATA_URL: baseURL, STRATA_TOKEN: token },
    stdio: ["ignore", "pipe", "inherit"],
  });
  worker.stdout.on("data", (text) => said.push(...String(text).trim().split("\n")));
  workers.push(worker);
  return said;
}

const external = { executorType: "external", nodeType: "count" };

const post = (request: APIRequestContext, { token }: Workspace, path: string, data: object) =>
  request.post(`/api/v1/worker/${path}`, { headers: { authorization: `Bearer ${token}` }, data });

async function claim(request: APIRequestContext, workspace: Workspace) {
  const answer = await post(request, workspace, "claim", { workerId: "by-hand", executors: ["external"] });
  expect(answer.status(), await answer.text()).toBe(200);
  const { task } = await answer.json();
  return { taskId: String(task.id), fence: Number(task.fence) };
}

test("a worker that knows the HTTP API alone runs a workflow to its end, and the run page shows what it did", async ({
  page,
  workspace,
  signIn,
  baseURL,
}) => {
  const { runId, taskId } = await makeWaitingRun(workspace, {
    load: { ...external, executorConfig: { lines: 3 } },
    left: { ...external, upstreamNodeIds: ["load"] },
    right: { ...external, upstreamNodeIds: ["load"], executorConfig: { bytes: 2_000 } },
    join: { ...external, upstreamNodeIds: ["left", "right"] },
  });
  const said = startWorker(baseURL, workspace);
  await expect
    .poll(() => said, { timeout: 60_000 })
    .toEqual(
      expect.arrayContaining(["load succeeded", "left succeeded", "right succeeded", "join succeeded"]),
    );
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/runs/${runId}?task=${encodeURIComponent(taskId("load"))}`);
  await expect(page.getByText("Succeeded").first()).toBeVisible();
  expect(await storedTask(taskId("load"))).toMatchObject({
    stdoutCount: 3,
    logLines: ["load counts 1", "load counts 2", "load counts 3"],
    workerId: "journey-worker",
  });
  expect(await storedTask(taskId("right"))).toMatchObject({ outputArtifactIds: [expect.any(String)] });
  expect(await storedTask(taskId("join"))).toMatchObject({
    lastResultPreview: { after: ["left", "right"] },
    deliveries: 1,
  });
});

test("whoever lost its lease is told so, its result is dropped, and the task is done by another worker", async ({
  request,
  workspace,
  baseURL,
}) => {
  const { taskId } = await makeWaitingRun(workspace, { only: external });
  const held = await claim(request, workspace);
  await outliveLease(held.taskId);
  // Not asked by a heartbeat: that would renew the lease.
  await expect.poll(async () => (await storedTask(held.taskId)).status, { timeout: 60_000 }).toBe("queued");
  expect((await post(request, workspace, "heartbeat", held)).status()).toBe(409);
  const late = await post(request, workspace, "complete", {
    ...held,
    outcome: "succeeded",
    result: { late: true },
  });
  expect(late.status()).toBe(409);
  startWorker(baseURL, workspace);
  await expect
    .poll(async () => (await storedTask(taskId("only"))).status, { timeout: 60_000 })
    .toBe("succeeded");
  expect(await storedTask(taskId("only"))).toMatchObject({
    workerId: "journey-worker",
    lastResultPreview: { node: "only" },
    stalls: 1,
    attempt: 1,
  });
});

test("a program of another workspace sees nothing of a task and can do nothing to it", async ({
  request,
  workspace,
}) => {
  await makeWaitingRun(workspace, { only: external });
  const stranger = await makeWorkspace();
  const nothing = await post(request, stranger, "claim", { workerId: "stranger", executors: ["external"] });
  expect(nothing.status()).toBe(204);
  const held = await claim(request, workspace);
  for (const path of ["heartbeat", "complete", "release"]) {
    const [foreign, unknown] = await Promise.all(
      [held, { taskId: "nothing", fence: 1 }].map((body) =>
        post(request, stranger, path, { ...body, outcome: "succeeded" }),
      ),
    );
    expect([foreign?.status(), await foreign?.text()]).toEqual([unknown?.status(), await unknown?.text()]);
    expect(foreign?.status()).toBe(409);
  }
  expect((await post(request, workspace, "heartbeat", held)).status()).toBe(200);
});

test("a cancelled run reaches its worker with the next heartbeat", async ({
  page,
  workspace,
  signIn,
  baseURL,
}) => {
  const { runId } = await makeWaitingRun(workspace, {
    long: { ...external, executorConfig: { holdMs: 120_000 } },
    after: { ...external, upstreamNodeIds: ["long"] },
  });
  const said = startWorker(baseURL, workspace);
  await expect
    .poll(async () => (await storedTask(`${runId}.long`)).status, { timeout: 60_000 })
    .toBe("running");
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/runs/${runId}`);
  await page
    .getByRole("button", { name: /^Cancel/ })
    .first()
    .click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Cancel \d+ tasks?|^Cancel run/ })
    .click();
  await expect.poll(() => said, { timeout: 60_000 }).toContain("long cancelled");
  await expect.poll(async () => (await storedTask(`${runId}.after`)).status).toBe("cancelled");
  await expect(page.getByText("Cancelled").first()).toBeVisible();
});
