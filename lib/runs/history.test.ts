import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { createRuns } from "./create";
import { getRunHistory, getTaskHistory, getWorkflowHistory } from "./history";

testDatabase();
testMongo();

const newId = () => `run-${randomBytes(6).toString("hex")}`;
let scope: WorkspaceScope;
let stranger: WorkspaceScope;
/** Forty runs, oldest first: the load takes 1,000 to 1,900 ms in turn, and 9,000 in the last three. */
const made: string[] = [];

beforeAll(async () => {
  [scope, stranger] = await Promise.all([memberScope("viewer"), memberScope("viewer")]);
  const runs = Array.from({ length: 40 }, (_, index) => {
    const id = newId();
    made.push(id);
    const durationMs = index >= 37 ? 9_000 : 1_000 + 100 * (index % 10);
    const tasks = [
      newTaskOf(id, "load", { status: "succeeded", durationMs }),
      newTaskOf(id, "cached", { status: "succeeded", cacheHit: true, durationMs: 1 }),
    ];
    const createdAt = new Date(Date.UTC(2026, 0, 1, index));
    return newRunOf(id, tasks, { status: "succeeded", workflowDefinitionId: "steady", createdAt });
  });
  const failedId = newId();
  const failed = newRunOf(
    failedId,
    [newTaskOf(failedId, "load", { status: "succeeded", durationMs: 60_000 })],
    { status: "failed", workflowDefinitionId: "steady" },
  );
  await createRuns(scope, [...runs, failed]);
});

describe("the past of a workflow's nodes", () => {
  test("is that of its last thirty runs that succeeded", async () => {
    const history = await getWorkflowHistory(scope, "steady");
    expect(history.runs).toBe(30);
    expect(history.nodes.load).toEqual({ runs: 30, p50Ms: 1_400, p90Ms: 1_900, slowAboveMs: 1_900 });
  });

  test("leaves out results from the cache", async () => {
    expect((await getWorkflowHistory(scope, "steady")).nodes.cached).toBeUndefined();
  });

  test("a run is judged by the runs made before it", async () => {
    const third = made[2] ?? "";
    const history = await getRunHistory(scope, third);
    expect(history).toMatchObject({ runs: 2, nodes: { load: { runs: 2, p90Ms: 1_100 } } });
    const firstSlow = await getRunHistory(scope, made[37] ?? "");
    expect(firstSlow?.nodes.load?.slowAboveMs).toBeNull();
    const thirdSlow = await getRunHistory(scope, made[39] ?? "");
    expect(thirdSlow?.nodes.load?.slowAboveMs).toBe(1_900);
  });

  test("of one task names the runs, the newest first", async () => {
    const past = await getTaskHistory(scope, made[3] ?? "", "load");
    expect(past?.durations).toEqual([
      { runId: made[2], durationMs: 1_200 },
      { runId: made[1], durationMs: 1_100 },
      { runId: made[0], durationMs: 1_000 },
    ]);
    expect(await getTaskHistory(scope, made[3] ?? "", "no-such-node")).toEqual({ durations: [], node: null });
  });

  test("of another workspace is no past at all", async () => {
    expect(await getWorkflowHistory(stranger, "steady")).toEqual({ runs: 0, nodes: {} });
    expect(await getRunHistory(stranger, made[3] ?? "")).toBeNull();
    expect(await getTaskHistory(stranger, made[3] ?? "", "load")).toBeNull();
  });
});
