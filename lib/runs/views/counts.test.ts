import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { saveView } from "@/lib/saved-views/mutations";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { createWorkspace, memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { hour, minute } from "@/lib/time";
import { createRuns, type NewRun } from "../create";
import { everyRun, type RunFilter, runFilterOf } from "../list/filters";
import { countRuns } from "./count-runs";
import { countViews } from "./counts";
import { mostCounted } from "./counts-schema";

testDatabase();
testMongo();

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let scope: WorkspaceScope;
let viewer: WorkspaceScope;
beforeEach(async () => {
  workspace = await createWorkspace();
  [scope, viewer] = await Promise.all([memberScope("editor", workspace), memberScope("viewer", workspace)]);
});

const now = new Date();

async function make(count: number, values: Partial<NewRun> = {}): Promise<void> {
  const runs = Array.from({ length: count }, (_, index) => {
    const id = `run-${randomBytes(6).toString("hex")}`;
    const createdAt = new Date(now.getTime() - index * minute);
    return newRunOf(id, [newTaskOf(id, "load")], { createdAt, ...values });
  });
  await createRuns(scope, runs);
}

const count = (filter: Partial<RunFilter>, lookedAt?: number) =>
  countRuns(scope, { ...runFilterOf(everyRun), ...filter }, { now, lookedAt });

async function save(by: WorkspaceScope, name: string, params: string, shared = false): Promise<string> {
  const answer = await saveView(by, "runs", { name, params, shared, episodeId: null });
  if (!answer.ok || !answer.message) throw new Error(answer.message);
  return answer.message;
}

test("runs are counted as the list would show them, by index and by looking", async () => {
  await make(4, { status: "failed", triggeredBy: "schedule" });
  await make(3, { status: "running", workflowName: "nightly-index" });
  await make(2, { status: "succeeded", createdAt: new Date(now.getTime() - 48 * hour) });
  expect(await count({})).toEqual({ runs: 9, more: false });
  expect(await count({ statuses: ["failed", "running"] })).toEqual({ runs: 7, more: false });
  expect(await count({ since: "-24h" })).toEqual({ runs: 7, more: false });
  expect(await count({ triggeredBy: "schedule", statuses: ["failed", "succeeded"] })).toEqual({
    runs: 4,
    more: false,
  });
  expect(await count({ text: "NIGHTLY" })).toEqual({ runs: 3, more: false });
  const stranger = await memberScope("editor");
  expect(await countRuns(stranger, runFilterOf(everyRun))).toEqual({ runs: 0, more: false });
});

test("what is more than a tab can say is not counted on", async () => {
  await make(mostCounted + 1, { triggeredBy: "schedule" });
  expect(await count({})).toEqual({ runs: mostCounted, more: true });
  expect(await count({ triggeredBy: "schedule" })).toEqual({ runs: mostCounted, more: true });
});

test("where looking ends before all runs were looked at, there may be more", async () => {
  await make(6, { workflowName: "hourly" });
  await make(6, { workflowName: "nightly", createdAt: new Date(now.getTime() - hour) });
  expect(await count({ text: "nightly" }, 8)).toEqual({ runs: 2, more: true });
  expect(await count({ text: "nightly" }, 12)).toEqual({ runs: 6, more: false });
});

test("each reader's views are counted: their own and those that are shared", async () => {
  await make(2, { status: "failed" });
  const shared = await save(scope, "failed", "status=failed", true);
  const own = await save(scope, "all", "");
  const { counts, asOf } = await countViews(scope, now);
  expect(counts).toEqual({ [shared]: { runs: 2, more: false }, [own]: { runs: 2, more: false } });
  expect(asOf).toBe(now.toISOString());
  expect(Object.keys((await countViews(viewer, now)).counts)).toEqual([shared]);
  expect((await countViews(await memberScope("owner"), now)).counts).toEqual({});
});

test("a view is counted once a minute, however many ask, and says of when its count is", async () => {
  await make(1, { status: "failed" });
  const view = await save(scope, "failed", "status=failed", true);
  await countViews(scope, now);
  await make(1, { status: "failed" });
  const soon = new Date(now.getTime() + minute - 1);
  expect(await countViews(viewer, soon)).toEqual({
    counts: { [view]: { runs: 1, more: false } },
    asOf: now.toISOString(),
  });
  const later = new Date(now.getTime() + minute);
  expect(await countViews(viewer, later)).toEqual({
    counts: { [view]: { runs: 2, more: false } },
    asOf: later.toISOString(),
  });
});
