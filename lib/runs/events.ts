import type { AttemptRow, RunAct } from "./past-schema";
import type { RunDetail, TaskRow } from "./schema";
import type { RunStatus, TaskStatus } from "./status";

/** One moment of a run's history. Nothing is stored for it: it follows from the times that tasks, attempts and acts carry. */
export type RunEvent = { key: string; at: string } & (
  | { kind: "created"; by: string; retryOf: string | null }
  | { kind: "over"; status: RunStatus; durationMs: number | null }
  | { kind: "act"; act: RunAct }
  | { kind: "cancel_requested" }
  | ({ kind: "queued" } & OfTask)
  | ({ kind: "started"; workerId: string | null; stalls: number } & OfTask)
  | ({ kind: "ended"; status: TaskStatus; durationMs: number | null; errorMessage: string | null } & OfTask)
);

interface OfTask {
  taskId: string;
  nodeId: string;
  attempt: number;
}

/** What of a run tells its history. */
interface Sources {
  run: Pick<
    RunDetail,
    | "status"
    | "triggeredBy"
    | "retryOfRunId"
    | "createdAt"
    | "finishedAt"
    | "durationMs"
    | "cancelRequestedAt"
  >;
  tasks: readonly Execution[];
  attempts: readonly AttemptRow[];
  acts: readonly RunAct[];
}

type Execution = Pick<
  TaskRow,
  | "id"
  | "nodeId"
  | "status"
  | "attempt"
  | "workerId"
  | "stalls"
  | "errorMessage"
  | "queuedAt"
  | "startedAt"
  | "finishedAt"
  | "durationMs"
>;

/** At the same moment a cause stands before its effect. */
const order = [
  "created",
  "act",
  "cancel_requested",
  "ended",
  "queued",
  "started",
  "over",
] as const satisfies readonly RunEvent["kind"][];

/** The history of a run, oldest first. */
export function runEvents({ run, tasks, attempts, acts }: Sources): RunEvent[] {
  const events: RunEvent[] = [
    { key: "created", at: run.createdAt, kind: "created", by: run.triggeredBy, retryOf: run.retryOfRunId },
    // Who made the run stands in its first event.
    ...acts
      .filter(({ action }) => !isMaking(action))
      .map((act): RunEvent => ({ key: act.id, at: act.at, kind: "act", act })),
  ];
  // The trail names who asked; without it (an older run, a trail that lags) the run itself still knows when.
  if (run.cancelRequestedAt && !acts.some(({ action }) => isCancel(action))) {
    events.push({ key: "cancel_requested", at: run.cancelRequestedAt, kind: "cancel_requested" });
  }
  for (const attempt of attempts) {
    events.push(...eventsOf({ ...attempt, id: attempt.taskId }, attempt.id));
  }
  for (const task of tasks) events.push(...eventsOf(task, task.id));
  if (run.finishedAt) {
    const { status, durationMs } = run;
    events.push({ key: "over", at: run.finishedAt, kind: "over", status, durationMs });
  }
  return events.sort((a, b) => compare(a.at, b.at) || rank(a) - rank(b) || compare(a.key, b.key));
}

/** Something a person may have to do something about: what broke, and whom it cost. */
export function isProblem(event: RunEvent): boolean {
  switch (event.kind) {
    case "ended":
      return event.status === "failed";
    case "started":
      return event.stalls > 0;
    case "over":
      return event.status === "failed";
    default:
      return false;
  }
}

/** The task an event is about; null where it is about the run. */
export function taskOfEvent(event: RunEvent): string | null {
  return "taskId" in event ? event.taskId : null;
}

export function isCancel(action: string): boolean {
  return action === "run.cancel";
}

const isMaking = (action: string) => action === "run.start" || action === "run.retry";

function eventsOf(execution: Execution, key: string): RunEvent[] {
  const { id, nodeId, attempt, status, queuedAt, startedAt, finishedAt } = execution;
  const about = { taskId: id, nodeId, attempt };
  const events: RunEvent[] = [];
  if (queuedAt) events.push({ key: `${key} queued`, at: queuedAt, kind: "queued", ...about });
  if (startedAt) {
    const { workerId, stalls = 0 } = execution;
    events.push({ key: `${key} started`, at: startedAt, kind: "started", workerId, stalls, ...about });
  }
  if (finishedAt) {
    const { durationMs, errorMessage } = execution;
    events.push({
      key: `${key} ended`,
      at: finishedAt,
      kind: "ended",
      status,
      durationMs,
      errorMessage,
      ...about,
    });
  }
  return events;
}

const rank = (event: RunEvent) => order.indexOf(event.kind);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
