import { formatDuration } from "@/lib/format";
import type { TaskRow } from "./schema";
import { shortTaskName } from "./task-name";
import { taskDurationMs } from "./task-sort";

/** Names listed in a sentence before the rest is counted. */
const mostNames = 3;

/**
 * Why a task is in the state it is in, as one sentence. Computed from what is stored: what it waits for, how often it was
 * tried, where it runs.
 */
export function taskReason(task: TaskRow, upstream: readonly TaskRow[], asOf: string): string {
  const lasted = taskDurationMs(task, asOf);
  const after = lasted === null ? "" : ` after ${formatDuration(lasted)}`;
  switch (task.status) {
    case "pending": {
      const open = upstream.filter((each) => each.status !== "succeeded");
      return open.length > 0 ? `Waits for ${names(open)}.` : "Waits to be queued.";
    }
    case "queued":
      return `Waits for a free ${task.executorType} worker${sinceText(task.queuedAt, asOf)}.`;
    case "running":
      return `Has run${lasted === null ? "" : ` for ${formatDuration(lasted)}`}${task.workerId ? ` on ${task.workerId}` : ""}.`;
    case "succeeded":
      return task.cacheHit
        ? "Taken from the cache; nothing was run."
        : `Succeeded${after}${triesText(task)}.`;
    case "failed":
      return `${headline(task.errorMessage) ?? `Failed${after}, without a message`}${triesText(task)}`;
    case "skipped": {
      const causes = upstream.filter((each) => each.status !== "succeeded");
      return causes.length > 0
        ? `Never ran: ${names(causes)} ${causes.length === 1 ? "has" : "have"} no result.`
        : "Never ran.";
    }
    case "cancelled":
      return task.startedAt === null ? "Cancelled before it began." : `Cancelled${after}.`;
  }
}

/** First line of an error, when the rest says more. */
export function headline(error: string | null): string | null {
  const line = error?.split(/\r?\n/).find((each) => each.trim() !== "");
  return line?.trim() ?? null;
}

function names(tasks: readonly TaskRow[]): string {
  const shown = tasks.slice(0, mostNames).map((task) => shortTaskName(task.name, task.nodeId));
  const rest = tasks.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : (shown[0] ?? "");
}

function triesText(task: TaskRow): string {
  return task.attempt > 1 ? ` (attempt ${task.attempt})` : "";
}

function sinceText(queuedAt: string | null, asOf: string): string {
  if (queuedAt === null) return "";
  return `, ${formatDuration(Math.max(0, Date.parse(asOf) - Date.parse(queuedAt)))} so far`;
}
