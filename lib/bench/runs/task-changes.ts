import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { claimTask, completeTask } from "@/lib/runs/advance";
import { aggregateRun } from "@/lib/runs/aggregate";

/** One change of one task through the product's own transitions. */
export interface TaskChange {
  taskId: string;
  status: "running" | "succeeded";
}

/** Every task taken and then ended, one after the other: two changes each. */
export function changesOf(taskIds: readonly string[]): TaskChange[] {
  return taskIds.flatMap((taskId) => [
    { taskId, status: "running" as const },
    { taskId, status: "succeeded" as const },
  ]);
}

/** Makes a change as a worker would, and brings the run's figures up to it. */
export async function make(scope: WorkspaceScope, runId: string, change: TaskChange): Promise<void> {
  const task = await scoped(scope).collection(runTasks).findOne({ _id: change.taskId });
  if (!task) throw new Error(`There is no task ${change.taskId}.`);
  if (change.status === "running") await claimTask(scope, task, "bench", null);
  else
    await completeTask(
      scope,
      { taskId: task._id, fence: task.fence },
      {
        outcome: "succeeded",
        errorMessage: null,
        stdoutCount: 0,
        stderrCount: 0,
        outputArtifactIds: [],
        lastResultPreview: null,
      },
    );
  await aggregateRun(scope, runId);
}
