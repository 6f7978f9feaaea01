import type { AttemptRow } from "./past-schema";
import type { TaskRow } from "./schema";
import { type TaskStatus, taskStatus } from "./status";

/*
 * A run as it was at a moment. Nothing is stored for it: it follows from the times that tasks and their earlier attempts
 * carry. Times are ISO text of one form, so text is compared.
 */

export interface RunAt {
  tasks: TaskRow[];
  /** Attempts that had been put away by then, by task. */
  earlier: ReadonlyMap<string, readonly AttemptRow[]>;
}

export function runAt(tasks: readonly TaskRow[], attempts: readonly AttemptRow[], at: string): RunAt {
  const attemptsOf = byTask(attempts);
  const earlier = new Map<string, AttemptRow[]>();
  const then = tasks.map((task) => {
    const past = attemptsOf.get(task.id);
    if (!past) return taskAt(task, at);
    const away = past.filter(({ archivedAt }) => archivedAt <= at);
    if (away.length > 0) earlier.set(task.id, away);
    const [current] = past.filter(({ archivedAt }) => archivedAt > at).sort((a, b) => a.fence - b.fence);
    return taskAt(current ? asAttempt(task, current) : task, at);
  });
  return { tasks: then, earlier };
}

export function byTask(attempts: readonly AttemptRow[]): Map<string, AttemptRow[]> {
  const map = new Map<string, AttemptRow[]>();
  for (const attempt of attempts) {
    const known = map.get(attempt.taskId);
    if (known) known.push(attempt);
    else map.set(attempt.taskId, [attempt]);
  }
  return map;
}

/** Every moment at which the status of a task changed, oldest first. */
export function momentsOf(tasks: readonly TaskRow[], attempts: readonly AttemptRow[]): string[] {
  const moments = new Set<string>();
  for (const { queuedAt, startedAt, finishedAt } of [...attempts, ...tasks]) {
    for (const at of [queuedAt, startedAt, finishedAt]) if (at !== null) moments.add(at);
  }
  for (const { archivedAt } of attempts) moments.add(archivedAt);
  return [...moments].sort();
}

/** The task with what an attempt of it was, before that was put away. */
function asAttempt(task: TaskRow, attempt: AttemptRow): TaskRow {
  return {
    ...task,
    status: attempt.status,
    attempt: attempt.attempt,
    fence: attempt.fence,
    queuedAt: attempt.queuedAt,
    startedAt: attempt.startedAt,
    finishedAt: attempt.finishedAt,
    durationMs: attempt.durationMs,
    errorMessage: attempt.errorMessage,
    workerId: attempt.workerId,
    logRef: attempt.logRef,
    stalls: attempt.stalls,
    cacheHit: false,
  };
}

/** One execution of a task, cut off at a moment. What was over by then is the same row, so that it is not drawn again. */
function taskAt(task: TaskRow, at: string): TaskRow {
  if (task.finishedAt !== null && task.finishedAt <= at) return task;
  const status = statusAt(task, at);
  if (status === task.status) return task;
  return {
    ...task,
    status,
    queuedAt: status === "pending" ? null : task.queuedAt,
    startedAt: status === "running" ? task.startedAt : null,
    finishedAt: null,
    durationMs: null,
    errorMessage: null,
    cacheHit: false,
  };
}

function statusAt({ status, queuedAt, startedAt, finishedAt }: TaskRow, at: string): TaskStatus {
  if (startedAt !== null && startedAt <= at) {
    // An end that nobody wrote down is taken for one at the start.
    return finishedAt === null && taskStatus[status].final ? status : "running";
  }
  return queuedAt !== null && queuedAt <= at ? "queued" : "pending";
}
