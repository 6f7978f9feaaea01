import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { hour } from "@/lib/time";
import { retryFailed } from "../control/retry-tasks";
import { createRuns, type NewRun } from "../create";
import { listErrorFailures, listErrorGroups } from "./error-groups";
import { fingerprintOf } from "./fingerprint";
import { rootOf } from "./lineages";
import { decide, reopen } from "./mutations";
import { decideInput } from "./schema";
import { listUnresolved } from "./unresolved";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let stranger: WorkspaceScope;
beforeEach(async () => {
  [scope, stranger] = await Promise.all([memberScope("editor"), memberScope("editor")]);
});

interface Made
  extends Partial<Pick<NewRun, "status" | "retryOfRunId" | "inputBindings" | "workflowDefinitionId">> {
  hoursAgo: number;
  error?: string;
}

async function make({
  hoursAgo,
  status = "failed",
  error = "no space left",
  ...values
}: Made): Promise<string> {
  const id = `run-${randomBytes(6).toString("hex")}`;
  const at = new Date(Date.now() - hoursAgo * hour);
  const failed = status === "failed";
  const task = newTaskOf(id, "load", {
    status: failed ? "failed" : "succeeded",
    errorMessage: failed ? error : null,
    finishedAt: at,
  });
  const behind = newTaskOf(id, "rest", {
    upstreamNodeIds: ["load"],
    status: failed ? "skipped" : "succeeded",
  });
  await createRuns(scope, [
    newRunOf(id, [task, behind], {
      status,
      createdAt: at,
      finishedAt: at,
      failedTaskIds: failed ? [task._id] : [],
      workflowName: values.workflowDefinitionId ?? "some-flow",
      ...values,
    }),
  ]);
  return id;
}

const open = async () => (await listUnresolved(scope)).open;
const lineages = async () => (await open()).map(({ lineage }) => lineage);

describe("unresolved failures", () => {
  test("are one row for each lineage: its last failed run, its first failure, and how often it failed", async () => {
    const first = await make({ hoursAgo: 9, error: "\ndisk full at 7\nat line 3" });
    const second = await make({ hoursAgo: 8, retryOfRunId: first });
    const third = await make({ hoursAgo: 7, retryOfRunId: second, error: "still full" });
    const other = await make({ hoursAgo: 6 });
    const rows = await open();
    expect(rows.map(({ lineage }) => lineage)).toEqual([other, first]);
    expect(rows[1]).toMatchObject({
      runId: third,
      attempts: 3,
      error: "still full",
      skipped: 1,
      retry: null,
    });
    expect(rows[1]?.task?.name).toBe("load");
  });

  test("are gone once a later run of their lineage has succeeded, whatever its inputs", async () => {
    const first = await make({ hoursAgo: 9 });
    const second = await make({ hoursAgo: 8, retryOfRunId: first });
    const inputBindings = [{ kind: "asset" as const, id: "another" }];
    const good = await make({ hoursAgo: 7, retryOfRunId: second, status: "succeeded", inputBindings });
    expect(await open()).toEqual([]);
    const again = await make({ hoursAgo: 6, retryOfRunId: good });
    expect(await open()).toMatchObject([{ lineage: first, runId: again }]);
  });

  test("are gone once their workflow has succeeded with the same inputs, and only then", async () => {
    const a = { kind: "asset" as const, id: "a" };
    const b = { kind: "dataset" as const, id: "b" };
    await make({ hoursAgo: 9, inputBindings: [a, b] });
    await make({ hoursAgo: 10, inputBindings: [a, b], status: "succeeded" });
    await make({ hoursAgo: 8, inputBindings: [a], status: "succeeded" });
    await make({ hoursAgo: 8, inputBindings: [a, b], status: "succeeded", workflowDefinitionId: "another" });
    expect(await open()).toHaveLength(1);
    await make({ hoursAgo: 7, inputBindings: [b, a], status: "succeeded" });
    expect(await open()).toEqual([]);
  });

  test("say when a retry is on its way", async () => {
    const first = await make({ hoursAgo: 9 });
    const retry = await make({ hoursAgo: 1, retryOfRunId: first, status: "running" });
    expect(await open()).toMatchObject([{ lineage: first, retry: { runId: retry, status: "running" } }]);
  });

  test("of more than thirty days ago ask for nothing, nor do those of another workspace", async () => {
    await make({ hoursAgo: 31 * 24 });
    await make({ hoursAgo: 1 });
    expect(await open()).toHaveLength(1);
    expect((await listUnresolved(stranger)).open).toEqual([]);
  });

  test("that are resolved come back when they happen again; those that are ignored do not", async () => {
    const resolved = await make({ hoursAgo: 9 });
    const ignored = await make({ hoursAgo: 8, inputBindings: [{ kind: "asset", id: "x" }] });
    const about = { subject: "lineage", reason: "the disk was replaced" } as const;
    await decide(scope, { ...about, key: resolved, decision: "resolved" });
    await decide(scope, { ...about, key: ignored, decision: "ignored" });
    expect(await lineages()).toEqual([]);
    const { closed } = await listUnresolved(scope);
    expect(closed.map(({ mark }) => [mark?.decision, mark?.reason])).toEqual([
      ["ignored", about.reason],
      ["resolved", about.reason],
    ]);
    await make({ hoursAgo: -0.01, retryOfRunId: resolved });
    await make({ hoursAgo: -0.01, retryOfRunId: ignored, inputBindings: [{ kind: "asset", id: "x" }] });
    expect(await lineages()).toEqual([resolved]);
    expect(await reopen(scope, { subject: "lineage", key: ignored })).toMatchObject({ ok: true });
    expect((await lineages()).sort()).toEqual([resolved, ignored].sort());
  });
});

test("the first run of a lineage is found over any number of steps, and in a broken ring", () => {
  const parents = new Map([
    ["c", "b"],
    ["b", "a"],
    ["a", null],
    ["x", "y"],
    ["y", "x"],
  ]);
  expect(rootOf("c", parents)).toBe("a");
  expect(rootOf("gone", parents)).toBe("gone");
  expect(["x", "y"]).toContain(rootOf("x", parents));
});

describe("errors", () => {
  test("that differ in numbers, ids and paths alone are one, the most frequent first", async () => {
    await make({ hoursAgo: 5, error: "GET /data/a7f3 failed after 30 s\n  at fetch (x.ts:3)" });
    await make({ hoursAgo: 4, error: "GET /data/b812 failed after 31 s\n  at fetch (x.ts:9)" });
    await make({ hoursAgo: 3, error: "no space left", workflowDefinitionId: "tides" });
    const { open: groups, failures } = await listErrorGroups(scope, 7);
    expect(failures).toBe(3);
    expect(groups.map(({ template, count, workflows }) => [template, count, workflows])).toEqual([
      ["GET <*> failed after <*> s", 2, ["some-flow"]],
      ["no space left", 1, ["tides"]],
    ]);
    const opened = await listErrorFailures(scope, groups[0]?.fingerprint ?? "", 7);
    expect(opened.map(({ message }) => message)).toEqual([
      "GET /data/b812 failed after 31 s",
      "GET /data/a7f3 failed after 30 s",
    ]);
    expect((await listErrorGroups(stranger, 7)).open).toEqual([]);
    expect(await listErrorFailures(stranger, groups[0]?.fingerprint ?? "", 7)).toEqual([]);
  });

  test("say since when they are there, and on which days", async () => {
    await make({ hoursAgo: 30, error: "old" });
    await make({ hoursAgo: 1, error: "old" });
    await make({ hoursAgo: 1, error: "fresh" });
    await make({ hoursAgo: 10 * 24, error: "fresh" });
    const { open: groups } = await listErrorGroups(scope, 7);
    expect(groups.map(({ template, isNew, days }) => [template, isNew, days])).toEqual([
      ["old", false, [0, 0, 0, 0, 0, 1, 1]],
      ["fresh", true, [0, 0, 0, 0, 0, 0, 1]],
    ]);
  });

  test("that are resolved come back when they happen again, and say so", async () => {
    await make({ hoursAgo: 2 });
    const { fingerprint } = fingerprintOf("no space left");
    const about = { subject: "error", key: fingerprint, reason: "more disk" } as const;
    await decide(scope, { ...about, decision: "resolved" });
    expect((await listErrorGroups(scope, 7)).open).toEqual([]);
    expect((await listErrorGroups(scope, 7)).closed).toMatchObject([{ mark: { reason: "more disk" } }]);
    await make({ hoursAgo: -0.01 });
    expect((await listErrorGroups(scope, 7)).open).toMatchObject([{ isBack: true, count: 2 }]);
    await decide(scope, { ...about, decision: "ignored" });
    await make({ hoursAgo: -0.02 });
    expect((await listErrorGroups(scope, 7)).open).toEqual([]);
  });

  test("are counted for each attempt that failed: a retry takes none away, and its way leads to the same task", async () => {
    const retried = await make({ hoursAgo: 30, error: "shard 17 is short" });
    await make({ hoursAgo: 2, error: "shard 29 is short" });
    await retryFailed(scope, retried);
    const [group, ...others] = (await listErrorGroups(scope, 7)).open;
    expect(others).toEqual([]);
    expect(group).toMatchObject({ count: 2, nodes: ["load"], isNew: false, days: [0, 0, 0, 0, 0, 1, 1] });
    const failures = await listErrorFailures(scope, group?.fingerprint ?? "", 7);
    expect(failures.map(({ message, present }) => [message, present])).toEqual([
      ["shard 29 is short", true],
      ["shard 17 is short", false],
    ]);
    expect(failures[1]).toMatchObject({ runId: retried, taskId: `${retried}.load`, node: "load" });
    expect((await listErrorGroups(stranger, 7)).failures).toBe(0);
  });

  test("without a message are one group that says so", async () => {
    expect(fingerprintOf(null)).toEqual(fingerprintOf("\n \n"));
    expect(fingerprintOf(null).template).toBe("No reason was recorded.");
  });
});

test("a decision asks for a reason, is in the trail, and is of its own workspace alone", async () => {
  const lineage = await make({ hoursAgo: 1 });
  const input = { subject: "lineage", key: lineage, decision: "resolved" };
  expect(decideInput.safeParse({ ...input, reason: "  " }).success).toBe(false);
  await decide(stranger, decideInput.parse({ ...input, reason: "not mine to say" }));
  expect(await lineages()).toEqual([lineage]);
  await decide(scope, decideInput.parse({ ...input, reason: "a test run" }));
  await reopen(scope, { subject: "lineage", key: lineage });
  expect(await reopen(scope, { subject: "lineage", key: lineage })).toMatchObject({ code: "not_found" });
  const trail = await listAuditOf(scope, { resourceType: "run_lineage", resourceId: lineage });
  expect(trail.map(({ action, reason, actorId }) => [action, reason, actorId])).toEqual([
    ["run.reopen_failure", null, scope.userId],
    ["run.resolve_failure", "a test run", scope.userId],
  ]);
});
