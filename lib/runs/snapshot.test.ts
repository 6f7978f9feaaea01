import { expect, test } from "vitest";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { createRuns } from "./create";
import { newRun } from "./new-run";
import { nodesOf } from "./snapshot";

testDatabase();
testMongo();

function graphOf(size: number): GraphNode[] {
  return Array.from({ length: size }, (_, at) => ({
    id: `n${at}`,
    name: `step ${at} – “ß”`,
    nodeType: "sleep",
    nodeDefinitionId: "builtin:sleep",
    executorType: "builtin",
    upstreamNodeIds: at === 0 ? [] : [`n${at - 1}`],
    executorConfig: { milliseconds: at, note: null },
  }));
}

async function stored(nodes: GraphNode[]) {
  const scope = await memberScope("owner");
  const runId = `run-${scope.workspaceId}`;
  await createRuns(scope, [
    newRun({
      runId,
      projectId: "project",
      workflowId: "workflow",
      workflowName: "workflow",
      versionId: "version",
      versionNumber: 1,
      nodes,
      inputBindings: [],
      assetIds: [],
      datasetIds: [],
      triggeredBy: "test",
      retryOfRunId: null,
      request: {},
      createdAt: new Date(),
    }),
  ]);
  const run = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  if (!run) throw new Error("The run was not stored.");
  return run.runtimeSnapshot;
}

test("a small graph lies in the run's document as it is", async () => {
  const nodes = graphOf(20);
  expect((await stored(nodes)).nodes).toEqual(nodes);
});

test("a large graph comes back from the store as it was, from a fraction of its bytes", async () => {
  const nodes = graphOf(2_000);
  const snapshot = await stored(nodes);
  expect(nodesOf(snapshot)).toEqual(nodes);
  expect(snapshot.packed?.length()).toBeLessThan(JSON.stringify(nodes).length / 10);
});
