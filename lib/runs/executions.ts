import type { AttemptRow } from "./past-schema";
import type { TaskRow } from "./schema";

/** One time that a task was worked on: the present one, or one that was put away when the task was reset. */
export interface Execution
  extends Pick<
    TaskRow,
    "status" | "workerId" | "logRef" | "errorMessage" | "queuedAt" | "startedAt" | "finishedAt" | "durationMs"
  > {
  key: string;
  /** From 1, in the order in which they were. */
  number: number;
  stalls: number;
  /** It is the task as it stands. */
  present: boolean;
  /** Nobody retried this task itself: one before it was, and everything behind ran again. */
  carriedAlong: boolean;
}

/** All executions of a task, the first one first. A task that waits to run again has its coming one as the last. */
export function executionsOf(task: TaskRow, attempts: readonly AttemptRow[]): Execution[] {
  const past = attempts.filter(({ taskId }) => taskId === task.id).sort((a, b) => a.fence - b.fence);
  const all = [
    ...past.map((each) => ({ ...each, key: each.id, present: false })),
    { ...task, key: task.id, present: true },
  ];
  return all.map((each, index) => ({
    key: each.key,
    number: index + 1,
    status: each.status,
    workerId: each.workerId,
    stalls: each.stalls ?? 0,
    logRef: each.logRef,
    errorMessage: each.errorMessage,
    queuedAt: each.queuedAt,
    startedAt: each.startedAt,
    finishedAt: each.finishedAt,
    durationMs: each.durationMs,
    present: each.present,
    carriedAlong: index > 0 && all[index - 1]?.attempt === each.attempt,
  }));
}

/** The execution that an address names; without one, or with one that is not there, the last that has a log, else the last. */
export function executionAt(executions: readonly Execution[], number: number | null): Execution | undefined {
  const named = executions.find((each) => each.number === number);
  return named ?? executions.findLast(({ logRef }) => logRef !== null) ?? executions.at(-1);
}
