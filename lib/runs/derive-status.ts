import type { TaskCounts } from "./schema";
import { type RunStatus, type TaskStatus, taskStatus, taskStatuses } from "./status";

/** What of a run, besides its tasks, decides its status. */
export interface RunControlState {
  status: RunStatus;
  /** The operation in flight: while there is one, nothing is final. */
  control: object | null;
  cancelRequestedAt: Date | null;
}

/** The status of a run follows from its tasks; nobody sets it. */
export function deriveStatus(counts: TaskCounts, run: RunControlState): RunStatus {
  const cancelling = run.cancelRequestedAt !== null;
  if (run.control !== null || counts.pending + counts.queued + counts.running > 0) {
    if (cancelling) return "cancelling";
    return run.status === "running" || hasStarted(counts) ? "running" : "queued";
  }
  if (cancelling) return "cancelled";
  if (counts.failed + counts.skipped > 0) return "failed";
  return counts.cancelled > 0 ? "cancelled" : "succeeded";
}

/** Tasks that will change no more without a person. */
export function completedTasks(counts: TaskCounts): number {
  return taskStatuses.reduce((sum, status) => sum + (taskStatus[status].final ? counts[status] : 0), 0);
}

export function noTasks(): TaskCounts {
  return { pending: 0, queued: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 };
}

export function countTasks(tasks: readonly { status: TaskStatus }[]): TaskCounts {
  const counts = noTasks();
  for (const { status } of tasks) counts[status] += 1;
  return counts;
}

const hasStarted = ({ running, succeeded, failed, skipped, cancelled }: TaskCounts) =>
  running + succeeded + failed + skipped + cancelled > 0;
