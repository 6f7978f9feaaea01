import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, type WorkflowRun } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { minute, second } from "@/lib/time";
import { reapTask } from "./advance";
import { aggregateRun } from "./aggregate";
import { driveCancel } from "./control/cancel";
import { driveRetry } from "./control/retry-tasks";
import { takeOver } from "./control/slot";
import { releaseTasks } from "./create";
import { settleAfter, settleRun } from "./settle";

/*
 * What a process left half done when it died is found again and gone on with, by any number of reapers at once: leases that
 * ended, operations whose driver was lost, and ends of tasks that nobody drew the conclusion from. Each step is the one the
 * lost process would have taken next, so doing it twice changes nothing. Clocks of processes only say where to look; the
 * database's own decides (I6).
 */

/** How long a running task may take to stop, once it was told to. */
export const cancelGraceMs = minute;
/** How far the clocks of processes may be off and still find everything in time. */
export const clockSlackMs = 5 * second;

/** Takes tasks of a run from workers that have not been heard of since their leases ended. */
export async function reapRun(scope: WorkspaceScope, runId: string): Promise<void> {
  const running = await scoped(scope)
    .collection(runTasks)
    .find(
      {
        workflowRunId: runId,
        status: "running",
        leaseExpiresAt: { $lt: new Date(Date.now() + clockSlackMs) },
      },
      { projection: { nodeId: 1, fence: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  for (const { _id: taskId, nodeId, fence } of running) {
    if ((await reapTask(scope, { taskId, fence })) === "alive") continue;
    await settleAfter(scope, runId, [nodeId]);
    await aggregateRun(scope, runId);
  }
}

/** Goes on with an operation whose driver was lost. */
export async function finishOperation(
  scope: WorkspaceScope,
  { _id: runId, control }: Pick<WorkflowRun, "_id" | "control">,
): Promise<boolean> {
  if (!control || !(await takeOver(scope, runId, control))) return false;
  if (control.kind === "cancel") await driveCancel(scope, runId, control.seq);
  else await driveRetry(scope, runId, { seq: control.seq, targets: control.targets ?? [] });
  return true;
}

/** Draws every conclusion that is open in a run; that of its creation is that its tasks are let go. */
export async function bringUpToDate(scope: WorkspaceScope, runId: string): Promise<void> {
  await releaseTasks(scope, [runId]);
  await forceCancelled(scope, runId);
  await settleRun(scope, runId);
  await aggregateRun(scope, runId);
}

/** Ends running tasks that were told to stop and have not answered for the grace time; their workers are fenced out. */
async function forceCancelled(scope: WorkspaceScope, runId: string): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  const late = await tasks
    .aggregate<{ _id: string; fence: number }>([
      { $match: { workflowRunId: runId, status: "running", cancelRequestedAt: { $ne: null } } },
      {
        $project: {
          fence: 1,
          isLate: { $lt: ["$cancelRequestedAt", { $subtract: ["$$NOW", cancelGraceMs] }] },
        },
      },
      { $match: { isLate: true } },
    ])
    .toArray();
  for (const { _id, fence } of late) {
    await tasks.updateOne({ _id, status: "running", fence }, [
      {
        $set: {
          status: "cancelled",
          fence: { $add: ["$fence", 1] },
          leaseExpiresAt: null,
          changedAt: "$$NOW",
          finishedAt: "$$NOW",
          durationMs: { $toDouble: { $subtract: ["$$NOW", "$startedAt"] } },
          errorMessage: "The worker did not stop within the grace time.",
        },
      },
    ]);
  }
}
