import { type Adjacency, reach } from "./graph-paths";
import type { TaskRow } from "./schema";
import type { TaskStatus } from "./status";

export interface TaskFilter {
  /** Only these; none means all. */
  statuses: readonly TaskStatus[];
  failedAndUpstream: boolean;
  hideSucceeded: boolean;
}

/** Node ids of the tasks that pass, or null when the filter lets everything pass. Header, graph and table share it. */
export function passingNodes(
  tasks: readonly TaskRow[],
  filter: TaskFilter,
  up: Adjacency["up"],
): ReadonlySet<string> | null {
  const { statuses, failedAndUpstream, hideSucceeded } = filter;
  if (statuses.length === 0 && !failedAndUpstream && !hideSucceeded) return null;
  const failed = tasks.filter((task) => task.status === "failed").map((task) => task.nodeId);
  const causes = failedAndUpstream ? new Set([...failed, ...reach(failed, up)]) : null;
  const passes = (task: TaskRow) =>
    (statuses.length === 0 || statuses.includes(task.status)) &&
    (causes === null || causes.has(task.nodeId)) &&
    !(hideSucceeded && task.status === "succeeded");
  return new Set(tasks.filter(passes).map((task) => task.nodeId));
}
