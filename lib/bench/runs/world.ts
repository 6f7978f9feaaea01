import "server-only";
import { randomUUID } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { type Completion, completeTask, heartbeatTask } from "@/lib/runs/advance";
import { aggregatesDone, requestAggregate } from "@/lib/runs/aggregate";
import { queueOf } from "@/lib/runs/claim";
import { ClaimLine } from "@/lib/runs/claim-line";
import { createRuns } from "@/lib/runs/create";
import { newRun } from "@/lib/runs/new-run";
import { settleAfter } from "@/lib/runs/settle";
import { successOf } from "@/lib/runs/work/finish";

/** Upstream node ids by node id, in the order of the graph. */
export type Shape = Map<string, string[]>;

export const chainOf = (size: number): Shape =>
  new Map(Array.from({ length: size }, (_, at) => [`n${at}`, at === 0 ? [] : [`n${at - 1}`]]));

/** One node, and `size` that wait for it alone. */
export const fanOutOf = (size: number): Shape =>
  new Map([
    ["root", []],
    ...Array.from({ length: size }, (_, at): [string, string[]] => [`n${at}`, ["root"]]),
  ]);

export const independent = (size: number): Shape =>
  new Map(Array.from({ length: size }, (_, at) => [`n${at}`, []]));

/** Behind one node `levels` levels of `width`, each node waiting for two of the level before. */
export function layersOf(levels: number, width: number): Shape {
  const shape: Shape = new Map([["root", []]]);
  for (let level = 0; level < levels; level++)
    for (let at = 0; at < width; at++)
      shape.set(
        `l${level}-${at}`,
        level === 0 ? ["root"] : [`l${level - 1}-${at}`, `l${level - 1}-${(at + 1) % width}`],
      );
  return shape;
}

/** A run of its own executor: its tasks are seen by nobody but the workers of the goal. */
export async function makeRun(
  scope: WorkspaceScope,
  shape: Shape,
): Promise<{ runId: string; executor: string }> {
  const runId = `bench-${randomUUID()}`;
  await createRuns(scope, [
    newRun({
      runId,
      projectId: "bench",
      workflowId: "bench",
      workflowName: "bench",
      versionId: "bench",
      versionNumber: 1,
      nodes: [...shape].map(([id, upstreamNodeIds]) => ({
        id,
        name: id,
        nodeType: "sleep",
        nodeDefinitionId: "builtin:sleep",
        executorType: runId,
        upstreamNodeIds,
      })),
      inputBindings: [],
      assetIds: [],
      datasetIds: [],
      triggeredBy: "bench",
      retryOfRunId: null,
      request: {},
      createdAt: new Date(),
    }),
  ]);
  return { runId, executor: runId };
}

/** What a worker claims from. */
export const lineFor = (scope: WorkspaceScope, executor: string, workerId = "bench-worker") =>
  new ClaimLine(queueOf(scope), { executors: [executor], workerId });

/** All the writes of a worker for one task, and nothing else. Null when nothing waits. */
export async function workOnce(
  scope: WorkspaceScope,
  line: ClaimLine,
  work: (task: RunTask) => Promise<unknown> = async () => {},
): Promise<RunTask | null> {
  const task = await line.next();
  if (!task) return null;
  const held = { taskId: task._id, fence: task.fence };
  await heartbeatTask(scope, held);
  await work(task);
  const end: Completion = {
    outcome: "succeeded",
    errorMessage: null,
    stdoutCount: 1,
    stderrCount: 0,
    outputArtifactIds: [],
    lastResultPreview: null,
  };
  const answer = await completeTask(scope, held, end);
  await settleAfter(scope, task.workflowRunId, [task.nodeId], successOf(task, end, answer));
  requestAggregate(scope, task.workflowRunId);
  return task;
}

/** Milliseconds until one worker has done a whole run and its figures are written. */
export async function timeToEnd(scope: WorkspaceScope, executor: string): Promise<number> {
  const line = lineFor(scope, executor);
  const since = performance.now();
  while (await workOnce(scope, line));
  await aggregatesDone();
  return performance.now() - since;
}
