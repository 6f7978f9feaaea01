import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf } from "@/lib/testing/run-documents";
import { day, hour, minute } from "@/lib/time";
import type { NewRun } from "../create";
import { listRuns } from "../queries";
import type { RunPage } from "../schema";
import { type RunStatus, runStatuses } from "../status";
import { hasChangedSince } from "./changes";
import { getWorkflowDurations } from "./durations";
import { everyRun, type RunFilters } from "./filters";
import { findRuns } from "./find-runs";
import { getRunHistogram } from "./histogram";
import { rangesOf } from "./match";

testDatabase();
testMongo();

const count = 600;
const now = Date.now();
let scope: WorkspaceScope;
let stranger: WorkspaceScope;
let made: NewRun[];

beforeAll(async () => {
  [scope, stranger] = await Promise.all([memberScope("viewer"), memberScope("viewer")]);
  made = Array.from({ length: count }, (_, index) => {
    const status = runStatuses[index % runStatuses.length] ?? "queued";
    const createdAt = new Date(now - index * minute);
    return newRunOf(`run-${randomBytes(6).toString("hex")}`, [], {
      status,
      createdAt,
      updatedAt: new Date(now - 10 * minute),
      workflowDefinitionId: `workflow-${index % 4}`,
      workflowName: index % 4 === 0 ? "tide.model (v*)" : `flow ${index % 4}`,
      workflowVersionNumber: 1 + (index % 5),
      projectId: `project-${index % 2}`,
      triggeredBy: index % 100 === 99 ? "schedule" : "ines",
      inputBindings:
        index % 150 === 7
          ? [
              { kind: "dataset", id: "grasp" },
              { kind: "asset", id: "a-1" },
            ]
          : [],
      durationMs: status === "succeeded" || status === "failed" ? index * 1_000 : null,
    }).run;
  });
  await scoped(scope).collection(workflowRuns).insertMany(made);
});

const wanted: [string, Partial<RunFilters>, (run: NewRun) => boolean][] = [
  [
    "version",
    { workflowId: "workflow-1", version: 2 },
    (run) => run.workflowDefinitionId === "workflow-1" && run.workflowVersionNumber === 2,
  ],
  ["who triggered it", { triggeredBy: "schedule" }, (run) => run.triggeredBy === "schedule"],
  ["an input", { inputId: "grasp" }, (run) => run.inputBindings.length > 0],
  [
    "an input and statuses",
    { inputId: "a-1", statuses: ["running", "cancelling"] },
    (run) => run.inputBindings.length > 0 && ["running", "cancelling"].includes(run.status),
  ],
  [
    "a project and a status",
    { projectId: "project-1", statuses: ["running"] },
    (run) => run.projectId === "project-1" && run.status === "running",
  ],
  ["a project and a workflow of another", { projectId: "project-0", workflowId: "workflow-1" }, () => false],
  [
    "a duration",
    { longerThanMs: 100_000, shorterThanMs: 120_000 },
    ({ durationMs }) => durationMs !== null && durationMs >= 100_000 && durationMs < 120_000,
  ],
  [
    "part of a name, which is text and no pattern",
    { text: "TIDE.model (v*" },
    (run) => run.workflowName.startsWith("tide"),
  ],
  [
    "a time",
    { since: new Date(now - 100 * minute).toISOString(), until: new Date(now - 50 * minute).toISOString() },
    ({ createdAt }) => createdAt.getTime() >= now - 100 * minute && createdAt.getTime() < now - 50 * minute,
  ],
  [
    "everything at once",
    {
      statuses: ["succeeded", "failed"],
      workflowId: "workflow-3",
      triggeredBy: "ines",
      longerThanMs: 1,
      since: new Date(now - 500 * minute).toISOString(),
      text: "flow",
    },
    (run) =>
      ["succeeded", "failed"].includes(run.status) &&
      run.workflowDefinitionId === "workflow-3" &&
      run.triggeredBy === "ines" &&
      (run.durationMs ?? 0) >= 1 &&
      run.createdAt.getTime() >= now - 500 * minute,
  ],
];

describe.each(wanted)("filtered by %s", (_, filters, holds) => {
  const expected = () => made.filter(holds).map((run) => run._id);

  test("the list pages through those runs and no others, there and back", async () => {
    const pages: RunPage[] = [];
    for (let cursor: string | null = null; pages.length < 40; ) {
      const page: RunPage = await listRuns(scope, { ...filters, size: 25, cursor });
      pages.push(page);
      cursor = page.older;
      if (cursor === null) break;
    }
    const ids = (all: RunPage[]) => all.flatMap((page) => page.runs.map(({ id }) => id));
    expect(ids(pages)).toEqual(expected());
    const back: RunPage[] = [];
    for (let cursor = pages.at(-1)?.newer ?? null; cursor !== null; ) {
      const page: RunPage = await listRuns(scope, { ...filters, size: 25, cursor, direction: "newer" });
      back.unshift(page);
      cursor = page.newer;
    }
    if (pages.length > 1) expect(ids(back)).toEqual(ids(pages.slice(0, -1)));
  });

  test("the histogram counts the same", async () => {
    const since = filters.since ?? new Date(now - count * minute).toISOString();
    const { total, buckets } = await getRunHistogram(scope, { ...everyRun, ...filters, since });
    expect(total).toBe(expected().length);
    expect(buckets).toHaveLength(24);
  });

  test("another workspace sees none", async () => {
    expect((await listRuns(stranger, filters)).runs).toEqual([]);
    expect((await getRunHistogram(stranger, { ...everyRun, ...filters })).total).toBe(0);
  });
});

test("looking ends after so many runs, says so, and goes on from there until all were looked at", async () => {
  const filter = { ...everyRun, triggeredBy: "schedule" };
  const found: string[] = [];
  let stops = 0;
  for (let key: Parameters<typeof findRuns>[2]["key"] = null; ; ) {
    const part = await findRuns(scope, filter, { key, direction: "older", limit: 50, most: 100 });
    found.push(...part.runs.map(({ _id }) => _id));
    if (part.stoppedAt === null) break;
    expect(part.searched).toBeGreaterThanOrEqual(100);
    key = part.stoppedAt;
    stops++;
  }
  expect(stops).toBeGreaterThan(0);
  expect(found).toEqual(made.filter((run) => run.triggeredBy === "schedule").map((run) => run._id));
});

test("where one status was searched less far than another, the page ends there and loses nothing", async () => {
  const filter = { ...everyRun, triggeredBy: "schedule", statuses: [...runStatuses].slice(1) as RunStatus[] };
  const found: string[] = [];
  for (let key: Parameters<typeof findRuns>[2]["key"] = null; ; ) {
    const part = await findRuns(scope, filter, { key, direction: "older", limit: 3, most: 50 });
    found.push(...part.runs.map(({ _id }) => _id));
    const last = part.runs.at(-1);
    key = part.stoppedAt ?? (part.runs.length === 3 && last ? last : null);
    if (key === null) break;
  }
  const expected = made.filter((run) => run.triggeredBy === "schedule" && run.status !== "queued");
  expect(found).toEqual(expected.map((run) => run._id));
});

test("bars stand where their runs were made and sum up by status", async () => {
  const since = new Date(now - 240 * minute).toISOString();
  const until = new Date(now).toISOString();
  const { buckets, from, countedFrom } = await getRunHistogram(scope, { ...everyRun, since, until });
  expect(from).toBe(since);
  expect(countedFrom).toBeNull();
  for (const { counts } of buckets) {
    const sum = Object.values(counts ?? {}).reduce((total, each) => total + each, 0);
    expect(sum).toBe(10);
  }
});

test("without a time the bars show the runs of late, and say that there are older ones", async () => {
  const { total, from, olderLeft } = await getRunHistogram(scope, everyRun);
  expect(total).toBeGreaterThan(0.95 * count);
  expect(total).toBeLessThan(count);
  expect(Date.parse(from)).toBeGreaterThan(now - count * minute);
  expect(olderLeft).toBe(true);
});

test("many runs of years ago do not press those of late into one bar", async () => {
  const imported = await memberScope("viewer");
  const ages = [
    ...Array.from({ length: 40 }, (_, n) => n * hour),
    ...Array.from({ length: 10 }, (_, n) => (1_000 + n) * day),
  ];
  const runs = ages.map(
    (age) => newRunOf(`run-${randomBytes(6).toString("hex")}`, [], { createdAt: new Date(now - age) }).run,
  );
  await scoped(imported).collection(workflowRuns).insertMany(runs);
  const { from, buckets, olderLeft } = await getRunHistogram(imported, everyRun);
  expect(Date.parse(from)).toBeGreaterThan(now - 41 * hour);
  expect(olderLeft).toBe(true);
  const filled = buckets.filter(({ counts }) => counts && Object.values(counts).some((runs) => runs > 0));
  expect(filled).toHaveLength(24);
});

test("each condition begins with an index, and several statuses are a range each", () => {
  const ranges = (filters: Partial<RunFilters>) => rangesOf({ ...everyRun, ...filters });
  expect(ranges({}).map(({ indexed }) => indexed)).toEqual([{}]);
  expect(ranges({ statuses: ["failed", "running"] }).map(({ indexed }) => indexed)).toEqual([
    { status: "failed" },
    { status: "running" },
  ]);
  expect(ranges({ projectId: "p", statuses: ["failed"] })[0]).toMatchObject({
    indexed: { projectId: "p", status: "failed" },
    rest: null,
  });
  expect(ranges({ since: "yesterday" })[0]?.createdAt).toEqual({});
});

test("a list asks again only when something has changed", async () => {
  expect(await hasChangedSince(scope, new Date(now))).toBe(false);
  await scoped(scope)
    .collection(workflowRuns)
    .updateOne({ _id: made[3]?._id ?? "" }, { $set: { updatedAt: new Date() } });
  expect(await hasChangedSince(scope, new Date(now))).toBe(true);
  expect(await hasChangedSince(stranger, new Date(now))).toBe(false);
});

test("the last ten successes of each workflow, oldest first", async () => {
  const durations = await getWorkflowDurations(scope, ["workflow-3", "workflow-1", "none"]);
  const expected = made
    .filter((run) => run.workflowDefinitionId === "workflow-3" && run.status === "succeeded")
    .slice(0, 10)
    .map((run) => run.durationMs)
    .reverse();
  expect(durations["workflow-3"]).toEqual(expected);
  expect(durations.none).toEqual([]);
  expect(await getWorkflowDurations(stranger, ["workflow-3"])).toEqual({ "workflow-3": [] });
});
