import type { RunState } from "../query-options";
import type { TaskCounts, TaskRow } from "../schema";
import { taskStatuses } from "../status";
import type { RunChanges } from "./events";

/**
 * The state with what changed. Tasks that did not change stay the same objects, so that nothing drawn from them is drawn
 * again. Null when a change is about a task that the state does not have: then it must be read anew.
 */
export function withChanges(state: RunState, changes: RunChanges): RunState | null {
  const at = changes.tasks.length > 0 ? new Map(state.tasks.map(({ id }, index) => [id, index])) : null;
  let tasks: TaskRow[] | null = null;
  for (const { taskId, patch } of changes.tasks) {
    const index = at?.get(taskId);
    const known = index === undefined ? undefined : state.tasks[index];
    if (index === undefined || !known) return null;
    if (patch.fence < known.fence) continue;
    tasks ??= [...state.tasks];
    tasks[index] = { ...fixedOf(known), ...patch };
  }
  const older = changes.run?.aggSeq !== undefined && changes.run.aggSeq < state.run.aggSeq;
  const run = { ...state.run, ...(older ? {} : changes.run), asOf: changes.asOf };
  return { run, tasks: tasks ?? state.tasks, seq: changes.seq };
}

/** What a change never tells. A field that it leaves out, and is not among these, is not there any more. */
function fixedOf({ id, nodeId, name, nodeType, executorType, upstreamNodeIds }: TaskRow) {
  return { id, nodeId, name, nodeType, executorType, upstreamNodeIds };
}

/** What was read just now, but for what was told meanwhile and is newer. */
export function newerOf(known: RunState | undefined, read: RunState): RunState {
  if (!known) return read;
  const before = new Map(known.tasks.map((task) => [task.id, task]));
  const tasks = read.tasks.map((task) => {
    const told = before.get(task.id);
    return told && told.fence > task.fence ? told : task;
  });
  const run = known.run.aggSeq > read.run.aggSeq ? known.run : read.run;
  return { run, tasks, seq: read.seq };
}

/** Whether the run's own figures say what its tasks say. They follow within moments; when they do not, something was missed. */
export function figuresAgree({ run, tasks }: RunState): boolean {
  const counts = countsOf(tasks);
  return taskStatuses.every((status) => counts[status] === run.taskCounts[status]);
}

function countsOf(tasks: readonly TaskRow[]): Partial<TaskCounts> {
  const counts = Object.fromEntries(taskStatuses.map((status) => [status, 0]));
  for (const { status } of tasks) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
