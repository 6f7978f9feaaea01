import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { createRuns } from "./create";
import { everyRun, type RunFilters } from "./list/filters";
import { runPageSize } from "./list-page";
import {
  getHomeFigures,
  getRun,
  getRunGraph,
  getTask,
  listAttention,
  listRunning,
  listRuns,
  listRunTasks,
  listWorkflowOptions,
} from "./queries";
import type { RunPage } from "./schema";
import { type RunStatus, runStatuses } from "./status";

testDatabase();
testMongo();

const hourMs = 3_600_000;
const all = everyRun;
const runs = 2 * runPageSize + 17;
let scope: WorkspaceScope;
let stranger: WorkspaceScope;
let made: { id: string; status: RunStatus; workflow: string; createdAt: Date }[];

beforeAll(async () => {
  [scope, stranger] = await Promise.all([memberScope("viewer"), memberScope("viewer")]);
  const now = Date.now();
  made = Array.from({ length: runs }, (_, index) => ({
    id: `run-${randomBytes(6).toString("hex")}`,
    status: runStatuses[index % runStatuses.length] ?? "queued",
    workflow: `workflow-${index % 3}`,
    // Several runs share a moment: the id decides among them.
    createdAt: new Date(now - Math.floor(index / 4) * hourMs),
  }));
  await createRuns(
    scope,
    made.map(({ id, status, workflow, createdAt }) => {
      const root = newTaskOf(id, "first", { status: "failed", errorMessage: "no space left\nfor part 7" });
      const tasks = [root, newTaskOf(id, "second", { upstreamNodeIds: ["first"], status: "skipped" })];
      return newRunOf(id, tasks, {
        status,
        createdAt,
        workflowDefinitionId: workflow,
        workflowName: workflow,
        failedTaskIds: [root._id],
        durationMs: 60_000,
      });
    }),
  );
});

/** Every page from the newest run to the oldest. */
async function walk(filters: RunFilters, direction: "older" | "newer" = "older"): Promise<RunPage[]> {
  const pages: RunPage[] = [];
  let cursor = filters.cursor;
  do {
    const page: RunPage = await listRuns(scope, { ...filters, cursor, direction });
    pages.push(page);
    cursor = page[direction];
  } while (cursor !== null && pages.length < 20);
  return pages;
}

const idsOf = (pages: RunPage[]) => pages.flatMap((page) => page.runs.map((run) => run.id));
const expectedOrder = (statuses: RunStatus[] = [], workflow?: string) =>
  [...made]
    .filter((run) => statuses.length === 0 || statuses.includes(run.status))
    .filter((run) => workflow === undefined || run.workflow === workflow)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
    .map((run) => run.id);

describe("the run list", () => {
  test("shows every run exactly once, newest first, also where several were made at one moment", async () => {
    const pages = await walk(all);
    expect(idsOf(pages)).toEqual(expectedOrder());
    expect(pages.map((page) => page.newer === null)).toEqual([true, false, false]);
  });

  test("leads back from the last page over the same runs to the first one", async () => {
    const forward = await walk(all);
    const back = await walk({ ...all, cursor: forward.at(-1)?.newer ?? null }, "newer");
    const seen = back.map((page) => page.runs.map((run) => run.id)).reverse();
    expect(seen.flat()).toEqual(expectedOrder().slice(0, 2 * runPageSize));
    expect(back.at(-1)?.newer).toBeNull();
  });

  test.each([
    [["failed"]],
    [["failed", "running"]],
    [["queued", "succeeded", "cancelled"]],
    [[...runStatuses]],
  ] as [RunStatus[]][])("with status %j shows those and no others, in the same order", async (statuses) => {
    expect(idsOf(await walk({ ...all, statuses }))).toEqual(expectedOrder(statuses));
  });

  test("of one workflow, also with statuses, shows those of that workflow", async () => {
    expect(idsOf(await walk({ ...all, workflowId: "workflow-1" }))).toEqual(expectedOrder([], "workflow-1"));
    const filters = { ...all, workflowId: "workflow-0", statuses: ["queued", "succeeded"] as RunStatus[] };
    expect(idsOf(await walk(filters))).toEqual(expectedOrder(["queued", "succeeded"], "workflow-0"));
  });

  test.each(["", "nonsense", "eyJ4IjoxfQ", Buffer.from('["2024-01-01",7]').toString("base64url")])(
    "with the malformed cursor %j is the first page, in either direction",
    async (cursor) => {
      for (const direction of ["older", "newer"] as const) {
        const page = await listRuns(scope, { ...all, cursor, direction });
        expect(page.runs.map((run) => run.id)).toEqual(expectedOrder().slice(0, runPageSize));
        expect(page.newer).toBeNull();
      }
    },
  );

  test("asked for what is newer than the newest run shows the first page", async () => {
    const first = await listRuns(scope, all);
    const second = await listRuns(scope, { ...all, cursor: first.older });
    const back = await listRuns(scope, { ...all, cursor: second.newer, direction: "newer" });
    expect(back.runs.map((run) => run.id)).toEqual(first.runs.map((run) => run.id));
    const top = Buffer.from(JSON.stringify([new Date(Date.now() + hourMs).toISOString(), "z"])).toString(
      "base64url",
    );
    const above = await listRuns(scope, { ...all, cursor: top, direction: "newer" });
    expect(above.runs.map((run) => run.id)).toEqual(first.runs.map((run) => run.id));
  });
});

test("another workspace sees nothing of it", async () => {
  const [run] = made;
  const id = run?.id ?? "";
  expect((await listRuns(stranger, all)).runs).toEqual([]);
  expect(await getRun(stranger, id)).toBeNull();
  expect(await getRunGraph(stranger, id)).toBeNull();
  expect(await listRunTasks(stranger, id)).toEqual([]);
  expect(await getTask(stranger, id, `${id}.first`)).toBeNull();
  expect(await listAttention(stranger)).toEqual([]);
  expect(await listRunning(stranger, 10)).toEqual([]);
  expect(await listWorkflowOptions(stranger)).toEqual([]);
  expect((await getHomeFigures(stranger, 168)).byStatus.succeeded).toBe(0);
});

test("a task is found under its own run only", async () => {
  const [one, other] = made;
  expect(await getTask(scope, one?.id ?? "", `${one?.id}.first`)).toMatchObject({ nodeId: "first" });
  expect(await getTask(scope, other?.id ?? "", `${one?.id}.first`)).toBeNull();
});

test("the graph of a run comes from its frozen snapshot", async () => {
  const graph = await getRunGraph(scope, made[0]?.id ?? "");
  expect(graph?.nodes.map(({ id, level }) => [id, level])).toEqual([
    ["first", 0],
    ["second", 1],
  ]);
  expect(graph?.edges).toEqual([{ from: "first", to: "second" }]);
});

test("the home figures count the runs of the window, an entry for each of its hours", async () => {
  for (const windowHours of [24, 168] as const) {
    const figures = await getHomeFigures(scope, windowHours);
    expect(figures.hours).toHaveLength(windowHours);
    const since = figures.hours[0]?.at ?? "";
    const within = made.filter((run) => run.createdAt.toISOString() >= since);
    expect(within.length).toBeGreaterThan(50);
    for (const status of runStatuses) {
      expect(figures.byStatus[status], status).toBe(within.filter((run) => run.status === status).length);
    }
    const inHours = figures.hours.reduce((sum, hour) => sum + hour.succeeded + hour.failed + hour.other, 0);
    expect(inHours).toBe(within.length);
    const succeeded = figures.hours.map((hour) => hour.succeeded);
    expect(succeeded.reduce((sum, runs) => sum + runs, 0)).toBe(figures.byStatus.succeeded);
    expect(figures.durationP50Ms).toBe(60_000);
  }
});

test("running comes before cancelling before queued", async () => {
  const order = (await listRunning(scope, 100)).map((run) => run.status);
  expect(new Set(order)).toEqual(new Set(["running", "cancelling", "queued"]));
  expect(order.join(" ")).toMatch(/^(running ?)+(cancelling ?)+(queued ?)+$/);
});

describe("attention", () => {
  test("is asked for a workflow whose last runs failed, and no longer once one succeeded", async () => {
    const watched = await memberScope("viewer");
    const now = Date.now();
    const store = (id: string, status: RunStatus, hoursAgo: number, workflow: string) => {
      const task = newTaskOf(id, "load-part", {
        status: "failed",
        errorMessage: "\nno space left\nfor part 7",
      });
      const kept = newTaskOf(id, "rest", { status: "skipped", upstreamNodeIds: ["load-part"] });
      return createRuns(watched, [
        newRunOf(id, [task, kept], {
          status,
          createdAt: new Date(now - hoursAgo * hourMs),
          workflowDefinitionId: workflow,
          workflowName: workflow,
          failedTaskIds: [task._id],
        }),
      ]);
    };
    await store("a1", "succeeded", 9, "tides");
    await store("a2", "failed", 8, "tides");
    await store("a3", "failed", 7, "tides");
    await store("b1", "failed", 6, "dunes");
    await store("b2", "succeeded", 5, "dunes");
    await store("c1", "failed", 24 * 9, "cliffs");
    expect(await listAttention(watched)).toMatchObject([
      {
        kind: "failed_run",
        subject: "tides",
        sentence: "load-part failed, 2 runs in a row: no space left",
        consequence: "1 task was skipped",
        href: `/w/${watched.workspaceSlug}/runs/a3?task=a3.load-part`,
      },
    ]);
    await store("a4", "succeeded", 1, "tides");
    expect(await listAttention(watched)).toEqual([]);
  });
});
