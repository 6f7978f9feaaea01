import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import {
  type AttemptStory,
  type RunTaskAttempt,
  runTaskAttempts,
  runTasks,
} from "@/lib/mongo/collections/runs";
import { insertedBesideDuplicates } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";

const batchSize = 500;

/**
 * The attempt that a reset ends, as an expression over the task before it. The reset keeps it on the task in the same write:
 * no worker can change the task between what is put away and what is reset, and nothing an attempt did is ever lost.
 */
export function endedBy(opSeq: number) {
  return {
    attempt: "$attempt",
    fence: "$fence",
    status: "$status",
    workerId: "$workerId",
    deliveries: "$deliveries",
    stalls: "$stalls",
    outputArtifactIds: "$outputArtifactIds",
    logRef: "$logRef",
    stdoutCount: "$stdoutCount",
    stderrCount: "$stderrCount",
    logLines: "$logLines",
    errorMessage: "$errorMessage",
    skipReason: "$skipReason",
    lastResultPreview: "$lastResultPreview",
    summary: "$summary",
    queuedAt: "$queuedAt",
    startedAt: "$startedAt",
    finishedAt: "$finishedAt",
    durationMs: "$durationMs",
    opSeq: { $literal: opSeq },
    archivedAt: "$$NOW",
  } satisfies Record<keyof AttemptStory, unknown>;
}

/**
 * Puts the attempts that an operation ended away, before their tasks are let go. The name of an attempt carries the fence it
 * was held under, so doing it twice, or in two processes, leaves one.
 */
export async function archiveEnded(scope: WorkspaceScope, runId: string, hold: string): Promise<void> {
  const store = scoped(scope);
  const held = store.collection(runTasks).find(
    // Only what has a story: a task that never began and never ended has nothing to tell.
    {
      workflowRunId: runId,
      hold,
      $or: [{ "ended.startedAt": { $ne: null } }, { "ended.finishedAt": { $ne: null } }],
    },
    { projection: { nodeId: 1, ended: 1 }, sort: { nodeId: 1 } },
  );
  const attempts = (await held.toArray()).flatMap(({ _id: taskId, nodeId, ended }) =>
    ended ? [{ ...ended, _id: `${taskId}:${ended.fence}`, workflowRunId: runId, taskId, nodeId }] : [],
  );
  for (let start = 0; start < attempts.length; start += batchSize) {
    try {
      await store
        .collection(runTaskAttempts)
        .insertMany(attempts.slice(start, start + batchSize), { ordered: false });
    } catch (error) {
      if (insertedBesideDuplicates(error) === null) throw error;
    }
  }
}

/** Attempts of a task before the present one, newest first. */
export function listAttempts(scope: WorkspaceScope, taskId: string, limit = 50): Promise<RunTaskAttempt[]> {
  return scoped(scope)
    .collection(runTaskAttempts)
    .find({ taskId }, { sort: { fence: -1 }, limit, maxTimeMS: 5_000 })
    .toArray();
}
