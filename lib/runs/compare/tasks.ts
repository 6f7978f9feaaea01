import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { maxTasksOfRun } from "../queries";
import { runRowFields } from "../rows";

const patience = { maxTimeMS: 5_000 };

const comparedRunFields = { ...runRowFields, runtimeSnapshot: 1 } as const;
export type ComparedRunDocument = Pick<WorkflowRun, "_id" | keyof typeof comparedRunFields>;

const taskFields = {
  nodeId: 1,
  nodeName: 1,
  status: 1,
  startedAt: 1,
  finishedAt: 1,
  durationMs: 1,
  attempt: 1,
  errorMessage: 1,
  logRef: 1,
  upstreamNodeIds: 1,
} as const;
export type ComparedTaskDocument = Pick<RunTask, "_id" | keyof typeof taskFields>;

export function findComparedRun(scope: WorkspaceScope, runId: string): Promise<ComparedRunDocument | null> {
  return scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: comparedRunFields, ...patience });
}

export function findComparedTasks(scope: WorkspaceScope, runId: string): Promise<ComparedTaskDocument[]> {
  return scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId },
      { projection: taskFields, sort: { nodeId: 1 }, limit: maxTasksOfRun, ...patience },
    )
    .toArray();
}

/** Whether there is such a run; whoever reads only its tasks needs no more of it. */
export async function isRun(scope: WorkspaceScope, runId: string): Promise<boolean> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { _id: 1 }, ...patience });
  return run !== null;
}

/** Two tasks that are the same one in two runs, or one without its like. */
export interface MatchedTasks<T> {
  key: string;
  name: string;
  a: T | null;
  b: T | null;
}

/**
 * Tasks of the same node belong together. Where two versions of a workflow named their nodes differently, a name that both have
 * exactly once decides.
 */
export function matchTasks<T extends { nodeId: string; nodeName: string }>(
  a: T[],
  b: T[],
): MatchedTasks<T>[] {
  const byNode = new Map(b.map((task) => [task.nodeId, task]));
  const sameNode = new Set(a.filter((task) => byNode.has(task.nodeId)).map((task) => task.nodeId));
  const [restA, restB] = [a, b].map((tasks) => tasks.filter(({ nodeId }) => !sameNode.has(nodeId)));
  const [namedA, namedB] = [onceNamed(restA ?? []), onceNamed(restB ?? [])];
  const taken = new Set<T>();
  const pairs = a.map((task): MatchedTasks<T> => {
    const named = namedA.get(task.nodeName) === task ? namedB.get(task.nodeName) : undefined;
    const other = byNode.get(task.nodeId) ?? named ?? null;
    if (other) taken.add(other);
    return { key: task.nodeId, name: task.nodeName, a: task, b: other };
  });
  const alone = b.filter((task) => !taken.has(task));
  return [...pairs, ...alone.map((task) => ({ key: task.nodeId, name: task.nodeName, a: null, b: task }))];
}

function onceNamed<T extends { nodeName: string }>(tasks: T[]): Map<string, T> {
  const named = new Map<string, T | null>();
  for (const task of tasks) named.set(task.nodeName, named.has(task.nodeName) ? null : task);
  return new Map([...named].flatMap(([name, task]) => (task ? [[name, task] as const] : [])));
}
