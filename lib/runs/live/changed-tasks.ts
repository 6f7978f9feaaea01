import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { taskRowFields, toTaskRow } from "../rows";
import { type RunChanges, taskPatch } from "./events";

/** A task that changed: `fence` tells this change from the one before. */
export interface ChangeMark {
  _id: string;
  fence: number;
  changedAt?: Date;
}

const patience = { maxTimeMS: 5_000 };
/** A run has no more tasks than that. */
const mostMarks = 10_001;

/** The tasks of a run that changed after a time, oldest change first: one walk of the index on the time of the change. */
export function marksSince(scope: WorkspaceScope, runId: string, sinceMs: number): Promise<ChangeMark[]> {
  return scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId, changedAt: { $gt: new Date(Math.max(0, sinceMs)) } },
      { projection: { fence: 1, changedAt: 1 }, sort: { changedAt: 1 }, limit: mostMarks, ...patience },
    )
    .toArray();
}

/** The newest change of any task of a run, by the database's clock; 0 when none was ever written down. */
export async function newestChange(scope: WorkspaceScope, runId: string): Promise<number> {
  const newest = await scoped(scope)
    .collection(runTasks)
    .findOne(
      { workflowRunId: runId, changedAt: { $gt: new Date(0) } },
      { projection: { changedAt: 1 }, sort: { changedAt: -1 }, ...patience },
    );
  return newest?.changedAt?.getTime() ?? 0;
}

/** Tasks as they are now. */
export async function taskChanges(
  scope: WorkspaceScope,
  runId: string,
  taskIds: string[],
): Promise<RunChanges["tasks"]> {
  if (taskIds.length === 0) return [];
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { _id: { $in: taskIds }, workflowRunId: runId },
      { projection: taskRowFields, sort: { _id: 1 }, limit: taskIds.length, ...patience },
    )
    .toArray();
  return found.map((task) => ({ taskId: task._id, patch: taskPatch.parse(toTaskRow(task)) }));
}

const markFields = { aggSeq: 1, status: 1, updatedAt: 1, cancelRequestedAt: 1, "control.seq": 1 } as const;

export interface RunMark {
  /** The same as long as nothing of the run itself has changed. */
  text: string;
  status: WorkflowRun["status"];
}

/** Enough of a run to know whether it must be read again; null when it is gone. */
export async function markOfRun(scope: WorkspaceScope, runId: string): Promise<RunMark | null> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: markFields, ...patience });
  if (!run) return null;
  const { aggSeq, status, updatedAt, cancelRequestedAt, control } = run;
  const parts = [aggSeq, status, updatedAt.getTime(), cancelRequestedAt?.getTime(), control?.seq];
  return { text: parts.join(" "), status };
}
