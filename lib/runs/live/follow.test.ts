import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/api/w/[workspace]/runs/[runId]/events/route";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { openDoor } from "@/lib/testing/export";
import { testMongo } from "@/lib/testing/mongo";
import { createPerson, createWorkspace, join, memberScope, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { claimTask, completeTask } from "../advance";
import { aggregateRun } from "../aggregate";
import { createRuns } from "../create";
import type { RunState } from "../query-options";
import { settleAfter } from "../settle";
import { getRunState } from "../state";
import { withChanges } from "./apply";
import type { RunEvent } from "./events";
import { type FollowOptions, followRun } from "./follow";
import { positionFrom } from "./position";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let scope: WorkspaceScope;
let cookie = "";
let made = 0;

beforeAll(async () => {
  workspace = await createWorkspace();
  const member = await createPerson();
  await join(workspace, member, "viewer");
  cookie = await signedInCookie(member);
  const found = await scopeForCommand(workspace.slug);
  if (!found) throw new Error("The workspace is not there");
  scope = found;
});

const open: AbortController[] = [];
afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});

/** A run of roots and, behind the first of them, children. */
async function runOf(roots: number, children = 0): Promise<string> {
  const runId = `run-live-${++made}`;
  const tasks = [
    ...Array.from({ length: roots }, (_, index) => newTaskOf(runId, `root-${index}`)),
    ...Array.from({ length: children }, (_, index) =>
      newTaskOf(runId, `child-${index}`, { upstreamNodeIds: ["root-0"] }),
    ),
  ];
  await createRuns(scope, [newRunOf(runId, tasks)]);
  return runId;
}

const outcome = {
  errorMessage: null,
  stdoutCount: 0,
  stderrCount: 0,
  outputArtifactIds: [],
  lastResultPreview: null,
};

async function start(taskId: string) {
  const task = await scoped(scope).collection(runTasks).findOne({ _id: taskId });
  const claimed = task && (await claimTask(scope, task, "worker-1", null));
  if (!claimed) throw new Error(`${taskId} is not to be had`);
  return { taskId, fence: claimed.fence };
}

async function finish(runId: string, nodeId: string) {
  await completeTask(scope, await start(`${runId}.${nodeId}`), { outcome: "succeeded", ...outcome });
  await settleAfter(scope, runId, [nodeId]);
  await aggregateRun(scope, runId);
}

/** A reader that does what the page does: it reads the run, and keeps what it has up to date. */
async function reader(runId: string, from?: string, options: Partial<FollowOptions> = {}) {
  const controller = new AbortController();
  open.push(controller);
  let state = await getRunState(scope, runId);
  const events = await followRun(scope, runId, positionFrom(from ?? state?.seq ?? null), {
    answer: openDoor,
    signal: controller.signal,
    ...options,
  });
  if (!events) throw new Error(`There is no run ${runId}`);
  const told: RunEvent[] = [];
  const done = (async () => {
    for await (const event of events) {
      told.push(event);
      if (event.kind === "changes" && state) state = withChanges(state, event.changes);
      if (event.kind === "resync") state = await getRunState(scope, runId);
    }
  })();
  const statuses = () => Object.fromEntries(state?.tasks.map(({ nodeId, status }) => [nodeId, status]) ?? []);
  return { told, done, statuses, state: () => state, leave: () => controller.abort() };
}

/** In one order: a page keeps a task where it stood when it was read. */
const byId = (state: RunState | null | undefined) => state?.tasks.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const soon = { timeout: 20_000, interval: 20 };

describe("a reader of a run", () => {
  test("has what the store has after every change, up to the end, and the stream ends there", async () => {
    const runId = await runOf(2, 3);
    const page = await reader(runId);
    for (const nodeId of ["root-0", "root-1", "child-0", "child-1", "child-2"]) await finish(runId, nodeId);
    await page.done;
    expect(page.told.at(-1)).toMatchObject({ kind: "end", code: "over" });
    const stored = await getRunState(scope, runId);
    expect(byId(page.state())).toEqual(byId(stored));
    expect(page.state()?.run).toEqual({ ...stored?.run, asOf: page.state()?.run.asOf });
    expect(page.state()?.run.status).toBe("succeeded");
  });

  test("who comes again with the last id misses nothing that happened meanwhile", async () => {
    const runId = await runOf(3);
    const first = await reader(runId);
    await finish(runId, "root-0");
    await vi.waitUntil(() => first.statuses()["root-0"] === "succeeded", soon);
    const last = first.told.findLast((event) => event.kind === "changes");
    first.leave();
    await first.done;
    await finish(runId, "root-1");
    const before = first.state();
    const again = await reader(runId, last?.changes.seq);
    await vi.waitUntil(() => again.told.length > 0, soon);
    const [missed] = again.told;
    if (missed?.kind !== "changes" || !before) throw new Error("It was not told what it missed.");
    const caughtUp = withChanges(before, missed.changes);
    expect(byId(caughtUp)).toEqual(byId(await getRunState(scope, runId)));
  });

  test("a position that nobody knows is answered with the advice to read anew", async () => {
    const runId = await runOf(1);
    const page = await reader(runId, "what is this");
    await vi.waitUntil(() => page.told.length > 0, soon);
    expect(page.told[0]).toMatchObject({ kind: "resync", runId });
    await finish(runId, "root-0");
    await page.done;
    expect(page.statuses()).toEqual({ "root-0": "succeeded" });
  });

  test("more changes at once than are told one by one end in the same state", async () => {
    const runId = await runOf(1, 700);
    const page = await reader(runId);
    await finish(runId, "root-0");
    await vi.waitUntil(() => page.statuses()["child-699"] === "queued", soon);
    const stored = await getRunState(scope, runId);
    await vi.waitUntil(() => page.state()?.run.aggSeq === stored?.run.aggSeq, soon);
    expect(byId(page.state())).toEqual(byId(stored));
  });

  test("is told now and then that nothing changed", async () => {
    const runId = await runOf(1);
    const page = await reader(runId, undefined, { stillMs: 50 });
    await vi.waitUntil(() => page.told.filter(({ kind }) => kind === "still").length >= 2, soon);
  });
});

test("of many readers all are told the same, and each change once", async () => {
  const runId = await runOf(1, 20);
  const pages = await Promise.all(Array.from({ length: 20 }, () => reader(runId)));
  await finish(runId, "root-0");
  for (let child = 0; child < 20; child++) await finish(runId, `child-${child}`);
  await Promise.all(pages.map(({ done }) => done));
  const stored = byId(await getRunState(scope, runId));
  for (const page of pages) expect(byId(page.state())).toEqual(stored);
});

test("a right that ends takes its open streams with it", async () => {
  const runId = await runOf(1);
  let allowed = true;
  const page = await reader(runId, undefined, {
    answer: { ...openDoor, stillAllowed: async () => allowed, failureOf: (error) => openFailure(error) },
    trustMs: 20,
  });
  await vi.waitUntil(() => page.told.length > 0, soon);
  allowed = false;
  await page.done;
  expect(page.told.at(-1)).toMatchObject({ kind: "end", code: "forbidden" });
});

function openFailure(error: unknown) {
  const { code, message } = Object(error);
  return { ok: false as const, code, message };
}

describe("the route", () => {
  const ask = (slug: string, runId: string, headers: Record<string, string> = {}) =>
    GET(new Request("http://localhost/events", { headers }), {
      params: Promise.resolve({ workspace: slug, runId }),
    });

  test("answers a member with events that name where to go on", async () => {
    const runId = await runOf(1);
    arrive(cookie);
    const answer = await ask(workspace.slug, runId, {
      "last-event-id": (await getRunState(scope, runId))?.seq ?? "",
    });
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const body = answer.body?.getReader();
    const text = new TextDecoder().decode((await body?.read())?.value);
    await body?.cancel();
    expect(text).toMatch(/^id: \d+\.\d+\nevent: changes\n/);
  });

  test("a run of another workspace is answered like one that does not exist", async () => {
    const elsewhere = await memberScope("owner");
    const runId = await runOf(1);
    const events = await followRun(elsewhere, runId, null, {
      answer: openDoor,
      signal: new AbortController().signal,
    });
    expect(events).toBeNull();
    arrive(cookie);
    expect((await ask(workspace.slug, "run-none")).status).toBe(404);
    arrive(await signedInCookie(await createPerson()));
    expect((await ask(workspace.slug, runId)).status).toBe(404);
  });
});
