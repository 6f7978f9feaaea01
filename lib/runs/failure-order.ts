import { type Adjacency, reach } from "./graph-paths";
import type { TaskRow } from "./schema";
import { shortTaskName } from "./task-name";

/** Failed tasks in the order they broke: the first one is most often the cause of the others. */
export function failuresInOrder(tasks: readonly TaskRow[]): TaskRow[] {
  return tasks
    .filter((task) => task.status === "failed")
    .sort(
      (a, b) =>
        compareTimes(a.finishedAt, b.finishedAt) ||
        compareTimes(a.startedAt, b.startedAt) ||
        compareText(a.id, b.id),
    );
}

/** The task a run page opens on: what broke first, else what runs, else where the run begins. */
export function firstOfInterest(tasks: readonly TaskRow[]): TaskRow | null {
  return failuresInOrder(tasks)[0] ?? tasks.find((task) => task.status === "running") ?? tasks[0] ?? null;
}

export interface FailureNotice {
  name: string;
  /** First line of what the tool said, without a full stop. */
  cause: string;
  /** What this failure costs, in words. */
  consequence: string;
}

/** Says what a failure means for the rest of the run: tasks behind it that have no result. */
export function describeFailure(
  task: TaskRow,
  down: Adjacency["down"],
  taskByNode: ReadonlyMap<string, TaskRow>,
): FailureNotice {
  let waiting = 0;
  let skipped = 0;
  for (const nodeId of reach([task.nodeId], down)) {
    const status = taskByNode.get(nodeId)?.status;
    if (status === "skipped" || status === "cancelled") skipped += 1;
    else if (status === "pending" || status === "queued") waiting += 1;
  }
  return {
    name: shortTaskName(task.name, task.nodeId),
    cause: firstLine(task.errorMessage),
    consequence: consequence(waiting, skipped),
  };
}

function consequence(waiting: number, skipped: number): string {
  const parts = [
    skipped > 0 && `${tasksWord(skipped)} behind it ${skipped === 1 ? "was" : "were"} skipped`,
    waiting > 0 && `${tasksWord(waiting)} ${waiting === 1 ? "waits" : "wait"} on it`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `${parts.join(", ")}.` : "Nothing waits on it.";
}

function tasksWord(count: number): string {
  return count === 1 ? "1 task" : `${count.toLocaleString("en-US")} tasks`;
}

function firstLine(text: string | null): string {
  const line = text?.split(/\r?\n/).find((candidate) => candidate.trim() !== "");
  return line?.trim().replace(/\.$/, "") ?? "failed without a message";
}

/** ISO times compare as text; a missing one comes last. */
function compareTimes(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
