import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import {
  type RunTask,
  type RunTaskAttempt,
  runTaskAttempts,
  runTasks,
  type WorkflowRun,
  workflowRuns,
} from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/** What is stored of the runs of a seed, read by nobody but the watch. */
export interface Seen {
  runs: Map<string, WorkflowRun>;
  /** By their ids. */
  tasks: Map<string, RunTask>;
}

export async function readTasks(scope: WorkspaceScope, runIds: string[]): Promise<Map<string, RunTask>> {
  const found = await scoped(scope)
    .collection(runTasks)
    .find({ workflowRunId: { $in: runIds } }, { sort: { workflowRunId: 1, nodeId: 1 } })
    .toArray();
  return new Map(found.map((task) => [task._id, task]));
}

export async function readRuns(scope: WorkspaceScope, runIds: string[]): Promise<Map<string, WorkflowRun>> {
  const found = await scoped(scope)
    .collection(workflowRuns)
    .find({ _id: { $in: runIds } }, { sort: { _id: 1 } })
    .toArray();
  return new Map(found.map((run) => [run._id, run]));
}

export function readAttempt(
  scope: WorkspaceScope,
  taskId: string,
  fence: number,
): Promise<RunTaskAttempt | null> {
  return scoped(scope)
    .collection(runTaskAttempts)
    .findOne({ _id: `${taskId}:${fence}` });
}
