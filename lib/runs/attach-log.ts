import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/**
 * Names the episode that holds a task's log, for a task that has none. No change of status, so the fence stays: a worker that
 * holds the task notices nothing, and a log it named itself is never replaced.
 */
export async function attachLog(
  scope: WorkspaceScope,
  task: { runId: string; taskId: string },
  episodeId: string,
): Promise<void> {
  await scoped(scope)
    .collection(runTasks)
    .updateOne(
      { _id: task.taskId, workflowRunId: task.runId, logRef: null },
      { $set: { logRef: episodeId } },
    );
}
