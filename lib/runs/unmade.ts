import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { day } from "@/lib/time";
import { initial, releaseTasks } from "./create";

/**
 * After this long a task whose run was never stored belongs to nobody: its maker died and nobody asked again, or the request
 * had made another run. No creation takes more than minutes. A maker that slept for longer than this finds, when it counts what
 * it lets go, that its tasks are gone, and stores them again (`create.ts`): a run that is there is never short of tasks.
 */
export const unmadeAfterMs = day;

/**
 * Clears away the tasks of a run that never came to be, held since before a time. If the run is there after all, they are let go:
 * of a run that is over nobody else would. Returns how many were deleted.
 */
export async function clearUnmade(scope: WorkspaceScope, runId: string, before: Date): Promise<number> {
  const store = scoped(scope);
  const run = await store.collection(workflowRuns).findOne({ _id: runId }, { projection: { _id: 1 } });
  if (run) {
    await releaseTasks(scope, [runId]);
    return 0;
  }
  const { deletedCount } = await store
    .collection(runTasks)
    .deleteMany({ workflowRunId: runId, hold: initial, heldSince: { $lt: before } });
  return deletedCount;
}
