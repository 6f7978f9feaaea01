import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, type RunTaskAttempt, runTaskAttempts } from "@/lib/mongo/collections/runs";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";

/**
 * Puts an attempt away before its task is reset. Its name carries the fence that the reset must find: when the task has moved
 * on in between, the attempt is put away again under its next fence, and this one stays a true record of an earlier moment.
 */
export async function archiveAttempt(scope: WorkspaceScope, task: RunTask, opSeq: number): Promise<void> {
  if (!hasStory(task)) return;
  const attempt: RunTaskAttempt = {
    _id: `${task._id}:${task.fence}`,
    workspaceId: scope.workspaceId,
    workflowRunId: task.workflowRunId,
    taskId: task._id,
    nodeId: task.nodeId,
    attempt: task.attempt,
    fence: task.fence,
    status: task.status,
    workerId: task.workerId,
    deliveries: task.deliveries,
    stalls: task.stalls,
    outputArtifactIds: task.outputArtifactIds,
    logRef: task.logRef,
    stdoutCount: task.stdoutCount,
    stderrCount: task.stderrCount,
    logLines: task.logLines,
    errorMessage: task.errorMessage,
    skipReason: task.skipReason,
    lastResultPreview: task.lastResultPreview,
    summary: task.summary,
    queuedAt: task.queuedAt,
    startedAt: task.startedAt,
    finishedAt: task.finishedAt,
    durationMs: task.durationMs,
    opSeq,
    archivedAt: new Date(),
  };
  try {
    await scoped(scope).collection(runTaskAttempts).insertOne(attempt);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** A task that never began has nothing to tell. */
function hasStory({ startedAt, finishedAt }: RunTask): boolean {
  return startedAt !== null || finishedAt !== null;
}

/** Attempts of a task before the present one, newest first. */
export function listAttempts(scope: WorkspaceScope, taskId: string, limit = 50): Promise<RunTaskAttempt[]> {
  return scoped(scope)
    .collection(runTaskAttempts)
    .find({ taskId }, { sort: { fence: -1 }, limit, maxTimeMS: 5_000 })
    .toArray();
}
