import { z } from "zod";
import { taskStatuses } from "./status";

/** An execution of a task that was put away when the task was reset; what it did is never lost. */
export const attemptRow = z.object({
  id: z.string(),
  taskId: z.string(),
  nodeId: z.string(),
  /** As people count: it grows when this task is retried, not when one before it is. */
  attempt: z.number().int(),
  /** Orders the executions of a task. */
  fence: z.number().int(),
  status: z.enum(taskStatuses),
  workerId: z.string().nullable(),
  stalls: z.number().int(),
  logRef: z.string().nullable(),
  stdoutCount: z.number().int(),
  stderrCount: z.number().int(),
  artifactCount: z.number().int(),
  errorMessage: z.string().nullable(),
  queuedAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  durationMs: z.number().nullable(),
  archivedAt: z.iso.datetime(),
});
export type AttemptRow = z.infer<typeof attemptRow>;

/** What a person, or a program for them, did to the run. */
export const runAct = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  action: z.string(),
  actor: z.enum(["user", "token", "worker", "command"]),
  /** Null where it was no person, and for who may not read the names of members. */
  person: z.string().nullable(),
  reason: z.string().nullable(),
  /** Of a retry: the tasks that were chosen. */
  taskIds: z.array(z.string()),
});
export type RunAct = z.infer<typeof runAct>;

/** What the present documents of a run do not show any more. */
export const runPast = z.object({
  attempts: z.array(attemptRow),
  /** There are more attempts than are listed: these are the newest. */
  attemptsCut: z.boolean(),
  acts: z.array(runAct),
});
export type RunPast = z.infer<typeof runPast>;
