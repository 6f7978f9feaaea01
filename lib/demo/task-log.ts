import type { RunTask } from "@/lib/mongo/collections/runs";
import { type SpokenLine, speak } from "@/lib/replay/voices";
import { seededRandom } from "@/lib/seeded-random";

/** What of a task its log is made from. The same task always writes the same log. */
export type LoggedTask = Pick<
  RunTask,
  | "_id"
  | "nodeId"
  | "nodeType"
  | "workerId"
  | "attempt"
  | "errorMessage"
  | "status"
  | "stdoutCount"
  | "stderrCount"
> & { startedAt: Date; until: Date };

/** The log of a task as lines of NDJSON: `stdoutCount` lines of what it does, then `stderrCount` of how it failed. */
export function taskLog(task: LoggedTask): string[] {
  const random = seededRandom(`log ${task._id} ${task.attempt}`);
  const work = Array.from({ length: task.stdoutCount }, (_, index): SpokenLine => {
    if (index === 0)
      return {
        level: "info",
        message: `${task.nodeId} starts on ${task.workerId ?? "a worker"}`,
        attempt: task.attempt,
      };
    return speak(task.nodeType, random, index, task.stdoutCount);
  });
  const failure = task.stderrCount === 0 ? [] : failureLines(task.errorMessage ?? "failed", task.stderrCount);
  const spoken = [
    ...work.map((line) => ({ ...line, stream: "stdout" })),
    ...failure.map((line) => ({ ...line, stream: "stderr" })),
  ];
  const span = Math.max(1, task.until.getTime() - task.startedAt.getTime());
  return spoken.map(({ level, message, ...fields }, index) => {
    const at = new Date(task.startedAt.getTime() + Math.round((span * (index + 0.5)) / spoken.length));
    return JSON.stringify({ timestamp: at.toISOString(), level, message, source: task.nodeId, ...fields });
  });
}

/** A retry or two, then the whole error in one entry, as a runtime writes it, then the end. */
function failureLines(errorMessage: string, lines: number): SpokenLine[] {
  const [first = errorMessage] = errorMessage.split("\n");
  const retries = Array.from({ length: Math.max(0, lines - 2) }, (_, index): SpokenLine => {
    const seconds = 2 ** index;
    return { level: "warn", message: `trying again in ${seconds} s: ${first}`, retry: index + 1, seconds };
  });
  const whole: SpokenLine = { level: "error", message: errorMessage, kind: "exception" };
  const last: SpokenLine = { level: "fatal", message: "the task ends with exit status 1", exitStatus: 1 };
  return [...retries, whole, last].slice(-lines);
}
