import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTaskAttempts, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

const patience = { maxTimeMS: 10_000 };
/** Failures that are read at most, the latest. */
export const mostFailures = 5_000;

/** A task that stands as it failed, or an attempt that failed and was put away when the task was retried. */
export interface Failure {
  id: string;
  taskId: string;
  runId: string;
  nodeName: string;
  errorMessage: string | null;
  finishedAt: Date;
  present: boolean;
}

/** What failed in a workspace since then, the latest first. A reset puts an attempt away under another id: none counts twice. */
export async function failuresSince(scope: WorkspaceScope, since: Date): Promise<Failure[]> {
  const [present, past] = await Promise.all([failedTasks(scope, since), failedAttempts(scope, since)]);
  return [...present, ...past]
    .sort((a, b) => b.finishedAt.getTime() - a.finishedAt.getTime() || (a.id < b.id ? -1 : 1))
    .slice(0, mostFailures);
}

async function failedTasks(scope: WorkspaceScope, since: Date): Promise<Failure[]> {
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { status: "failed", finishedAt: { $gte: since } },
      {
        projection: { workflowRunId: 1, nodeName: 1, errorMessage: 1, finishedAt: 1 },
        sort: { finishedAt: -1 },
        limit: mostFailures,
        ...patience,
      },
    )
    .toArray();
  return found.flatMap(({ _id, workflowRunId, finishedAt, ...task }) =>
    finishedAt ? [{ ...task, id: _id, taskId: _id, runId: workflowRunId, finishedAt, present: true }] : [],
  );
}

async function failedAttempts(scope: WorkspaceScope, since: Date): Promise<Failure[]> {
  const found = await scoped(scope)
    .collection(runTaskAttempts)
    .find(
      { status: "failed", finishedAt: { $gte: since } },
      {
        projection: { workflowRunId: 1, taskId: 1, nodeId: 1, errorMessage: 1, finishedAt: 1 },
        sort: { finishedAt: -1 },
        limit: mostFailures,
        ...patience,
      },
    )
    .toArray();
  const names = await nodeNames(scope, [...new Set(found.map(({ taskId }) => taskId))]);
  return found.flatMap(({ _id, workflowRunId, nodeId, finishedAt, ...attempt }) =>
    finishedAt
      ? [
          {
            ...attempt,
            id: _id,
            runId: workflowRunId,
            nodeName: names.get(attempt.taskId) ?? nodeId,
            finishedAt,
            present: false,
          },
        ]
      : [],
  );
}

/** An attempt knows the node of its task, and the task what the node is called. */
async function nodeNames(scope: WorkspaceScope, taskIds: string[]): Promise<Map<string, string>> {
  if (taskIds.length === 0) return new Map();
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { _id: { $in: taskIds } },
      { projection: { nodeName: 1 }, sort: { _id: 1 }, limit: mostFailures, ...patience },
    )
    .toArray();
  return new Map(found.map((task) => [task._id, task.nodeName]));
}
