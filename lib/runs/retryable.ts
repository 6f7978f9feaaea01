import { formatPlural } from "@/lib/format";
import type { TaskRow } from "./schema";

type Judged = Pick<TaskRow, "id" | "nodeId" | "status" | "upstreamNodeIds">;

/** Tasks that "retry failed" begins with: they did not succeed though all before them had. The server decides the same. */
export function retryableFailures<T extends Judged>(tasks: readonly T[]): T[] {
  const succeeded = new Set(tasks.filter(({ status }) => status === "succeeded").map(({ nodeId }) => nodeId));
  return tasks.filter(
    ({ status, upstreamNodeIds }) =>
      (status === "failed" || status === "cancelled") &&
      upstreamNodeIds.every((upstream) => succeeded.has(upstream)),
  );
}

/** "Retry 2 failed tasks"; of tasks of which some were cancelled, "Retry 2 tasks". */
export function retryWords(retryable: readonly Pick<TaskRow, "status">[]): string {
  const word = retryable.every(({ status }) => status === "failed") ? "failed task" : "task";
  return `Retry ${formatPlural(retryable.length, word)}`;
}

/** Why a task cannot be retried by itself now; null when it can. Names what to do instead. */
export function whyNotRetryTask(
  task: Judged & Pick<TaskRow, "name">,
  taskByNode: ReadonlyMap<string, Pick<TaskRow, "name" | "status">>,
): string | null {
  if (task.status === "pending" || task.status === "queued" || task.status === "running")
    return "It is not over yet.";
  const before = task.upstreamNodeIds.map((nodeId) => taskByNode.get(nodeId));
  const open = before.find((each) => each !== undefined && each.status !== "succeeded");
  return open ? `Retry ${open.name} first: this one runs again behind it.` : null;
}
