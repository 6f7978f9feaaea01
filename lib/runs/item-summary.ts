import { formatCount, formatDuration } from "@/lib/format";
import type { GraphItem } from "./graph-groups";
import type { TaskRow } from "./schema";
import { type TaskStatus, taskStatus, taskStatuses } from "./status";
import { taskDurationMs, urgency } from "./task-sort";

export interface ItemSummary {
  /** The status drawn: of several tasks the one that asks for attention first. */
  status: TaskStatus;
  /** Short, for the box. */
  words: string;
  /** In full, for the ear and the tooltip. */
  spoken: string;
  /** The task a press selects. */
  lead: TaskRow | null;
}

/** What a box of the graph says about its task or tasks. */
export function itemSummary(
  item: GraphItem,
  taskByNode: ReadonlyMap<string, TaskRow>,
  asOf: string,
): ItemSummary {
  const tasks = item.members.map((id) => taskByNode.get(id)).filter((task) => task !== undefined);
  const [only] = tasks;
  // A node of the graph whose task is not made yet is planned, whatever comes of it.
  if (!only) return { status: "pending", words: "planned", spoken: "planned", lead: null };
  if (item.members.length === 1) {
    const words = taskWords(only, asOf);
    const { label } = taskStatus[only.status];
    const spoken = words.toLowerCase().includes(label.toLowerCase())
      ? words
      : `${label.toLowerCase()}, ${words}`;
    return { status: only.status, words, spoken, lead: only };
  }
  return foldSummary(item.members.length, itemStatus(item, taskByNode), tasks, asOf);
}

/** The status alone, for drawings of all boxes at once. */
export function itemStatus(item: GraphItem, taskByNode: ReadonlyMap<string, TaskRow>): TaskStatus {
  let worst: number = urgency.length;
  for (const id of item.members) {
    const rank = urgency.indexOf(taskByNode.get(id)?.status ?? "pending");
    if (rank < worst) worst = rank;
  }
  return urgency.at(worst) ?? "pending";
}

function taskWords(task: TaskRow, asOf: string): string {
  const lasted = taskDurationMs(task, asOf);
  const time = lasted === null ? null : formatDuration(lasted);
  switch (task.status) {
    case "succeeded":
      return task.cacheHit ? "cached" : (time ?? "succeeded");
    case "failed":
      return task.attempt > 1 ? `failed, ${task.attempt} tries` : "failed";
    case "running":
      return time ?? "running";
    case "pending":
      return "waits";
    default:
      return taskStatus[task.status].label.toLowerCase();
  }
}

function foldSummary(size: number, status: TaskStatus, tasks: readonly TaskRow[], asOf: string): ItemSummary {
  const counts = new Map<TaskStatus, number>();
  for (const task of tasks) counts.set(task.status, (counts.get(task.status) ?? 0) + 1);
  const spoken = taskStatuses
    .filter((each) => counts.has(each))
    .map((each) => `${formatCount(counts.get(each) ?? 0)} ${taskStatus[each].label.toLowerCase()}`)
    .join(", ");
  const lead = tasks.find((task) => task.status === status) ?? null;
  const typical = status === "succeeded" ? medianDuration(tasks, asOf) : null;
  const count = counts.get(status) ?? 0;
  const words =
    typical !== null
      ? `${formatCount(size)} × ${rough(typical)}`
      : `${formatCount(count)}${count < size ? ` of ${formatCount(size)}` : ""} ${boxWord[status]}`;
  return { status, words, spoken, lead };
}

/** The larger unit alone: a box has room for one. */
function rough(ms: number): string {
  return formatDuration(ms).split(" ").slice(0, 2).join(" ");
}

const boxWord: Record<TaskStatus, string> = {
  pending: "wait",
  queued: "queued",
  running: "running",
  succeeded: "done",
  failed: "failed",
  skipped: "skipped",
  cancelled: "cancelled",
};

function medianDuration(tasks: readonly TaskRow[], asOf: string): number | null {
  const durations = tasks.map((task) => taskDurationMs(task, asOf)).filter((each) => each !== null);
  durations.sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)] ?? null;
}
