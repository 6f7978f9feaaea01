import type { TaskRow } from "./schema";
import type { taskStatuses } from "./status";

export const taskSorts = ["start", "status", "duration", "name"] as const;
export type TaskSort = (typeof taskSorts)[number];

/** What needs a look comes first: broken, at work, waiting, then what is settled. */
export const urgency = [
  "failed",
  "running",
  "queued",
  "pending",
  "cancelled",
  "skipped",
  "succeeded",
] as const satisfies readonly (typeof taskStatuses)[number][];

/**
 * A sorted copy. Ties keep the order of the list, which is by start; a task without the value comes last in both
 * directions, because it is not the smallest, it is unknown.
 */
export function sortTasks(
  tasks: readonly TaskRow[],
  sort: TaskSort,
  descending: boolean,
  asOf: string,
): TaskRow[] {
  const sign = descending ? -1 : 1;
  const keyed = tasks.map((task) => ({ task, key: sortKey(task, sort, asOf) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return 0;
    if (a.key === null) return 1;
    if (b.key === null) return -1;
    return (a.key < b.key ? -1 : 1) * sign;
  });
  return keyed.map(({ task }) => task);
}

/** How long a task ran, or has run so far. */
export function taskDurationMs(
  task: Pick<TaskRow, "startedAt" | "finishedAt" | "durationMs">,
  asOf: string,
): number | null {
  if (task.durationMs !== null) return task.durationMs;
  if (task.startedAt === null) return null;
  return Math.max(0, Date.parse(task.finishedAt ?? asOf) - Date.parse(task.startedAt));
}

function sortKey(task: TaskRow, sort: TaskSort, asOf: string): string | number | null {
  switch (sort) {
    case "start":
      return task.startedAt ?? task.queuedAt;
    case "status":
      return urgency.indexOf(task.status);
    case "duration":
      return taskDurationMs(task, asOf);
    case "name":
      return task.name;
  }
}
