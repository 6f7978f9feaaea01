import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/*
 * The transitions of a task, each one write to one document. `fence` grows with every change of status and is what a
 * worker holds: a write that carries an older one finds nothing to change. Times are the database's own.
 */

export const leaseSeconds = 30;
/** A task that takes its workers with it must end some time. */
const mostStalls = 2;
const lostForGood = "The worker was lost, and so were others before it.";
const isQueued = { $eq: ["$status", "queued"] };
const statusOfLost = {
  $cond: [
    { $ne: ["$cancelRequestedAt", null] },
    "cancelled",
    { $cond: [{ $gt: ["$stalls", mostStalls] }, "failed", "queued"] },
  ],
};
export const leaseFromNow = { $dateAdd: { startDate: "$$NOW", unit: "second", amount: leaseSeconds } };
const nextFence = { $add: ["$fence", 1] };

/** A task that a worker holds. */
export interface Held {
  taskId: string;
  fence: number;
}

export interface Completion {
  outcome: "succeeded" | "failed" | "cancelled";
  errorMessage: string | null;
  /** Absent where they were counted while the log was written. */
  stdoutCount?: number;
  stderrCount?: number;
  outputArtifactIds: string[];
  lastResultPreview: Record<string, unknown> | null;
  summary?: Record<string, unknown>;
  /** The assets that what comes behind works on, where they are others than the task's own. */
  outputAssetIds?: string[];
}

/** Takes one queued task for a worker; null when it is not to be had any more. */
export async function claimTask(
  scope: WorkspaceScope,
  task: { _id: string; fence: number },
  workerId: string,
  logRef: string | null,
): Promise<RunTask | null> {
  return scoped(scope)
    .collection(runTasks)
    .findOneAndUpdate(
      { _id: task._id, status: "queued", fence: task.fence, hold: null },
      [
        {
          $set: {
            status: "running",
            workerId: { $literal: workerId },
            logRef: { $literal: logRef },
            fence: nextFence,
            deliveries: { $add: ["$deliveries", 1] },
            changedAt: "$$NOW",
            startedAt: "$$NOW",
            heartbeatAt: "$$NOW",
            leaseExpiresAt: leaseFromNow,
          },
        },
      ],
      { returnDocument: "after" },
    );
}

/** Keeps a lease. "lost" means that somebody else has the task: stop and write nothing. */
export async function heartbeatTask(
  scope: WorkspaceScope,
  { taskId, fence }: Held,
): Promise<"go_on" | "cancel" | "lost"> {
  const task = await scoped(scope)
    .collection(runTasks)
    .findOneAndUpdate(
      { _id: taskId, status: "running", fence },
      [{ $set: { heartbeatAt: "$$NOW", leaseExpiresAt: leaseFromNow } }],
      { projection: { cancelRequestedAt: 1 }, returnDocument: "after" },
    );
  if (!task) return "lost";
  return task.cancelRequestedAt === null ? "go_on" : "cancel";
}

/**
 * Takes a task from a worker that has not been heard of since its lease ended: back into the queue, or to its end if
 * somebody wants it cancelled or it has been lost too often. The lease is judged by the database's clock and then named
 * in the write, so a heartbeat in between keeps the task; of two reapers the fence lets one through.
 */
export async function reapTask(scope: WorkspaceScope, { taskId, fence }: Held): Promise<"reaped" | "alive"> {
  const tasks = scoped(scope).collection(runTasks);
  const [late] = await tasks
    .aggregate<{ leaseExpiresAt: Date }>([
      { $match: { _id: taskId, status: "running", fence } },
      { $project: { leaseExpiresAt: 1, isLate: { $lt: ["$leaseExpiresAt", "$$NOW"] } } },
      { $match: { isLate: true } },
    ])
    .toArray();
  if (!late) return "alive";
  const { leaseExpiresAt } = late;
  const { modifiedCount } = await tasks.updateOne({ _id: taskId, status: "running", fence, leaseExpiresAt }, [
    {
      $set: {
        fence: nextFence,
        leaseExpiresAt: null,
        stalls: { $add: ["$stalls", 1] },
        changedAt: "$$NOW",
      },
    },
    { $set: { status: statusOfLost } },
    {
      $set: {
        queuedAt: { $cond: [isQueued, "$$NOW", "$queuedAt"] },
        finishedAt: { $cond: [isQueued, null, "$$NOW"] },
        errorMessage: { $cond: [{ $eq: ["$status", "failed"] }, lostForGood, null] },
      },
    },
  ]);
  return modifiedCount > 0 ? "reaped" : "alive";
}

/** "repeated": the task has been ended under this fence before, and as it was then. "fenced_out": the result counts for nothing. */
export type CompletionAnswer = "completed" | "repeated" | "fenced_out";

/**
 * Ends a task. Values go in as literals: an error message that begins with a dollar sign is no expression. A completion
 * that is sent twice is accepted once.
 */
export async function completeTask(
  scope: WorkspaceScope,
  { taskId, fence }: Held,
  { outcome, ...result }: Completion,
): Promise<CompletionAnswer> {
  const { summary, ...fields } = result;
  const literals = Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, { $literal: value }]],
    ),
  );
  const tasks = scoped(scope).collection(runTasks);
  const { modifiedCount } = await tasks.updateOne({ _id: taskId, status: "running", fence }, [
    {
      $set: {
        ...literals,
        status: outcome,
        completedFence: fence,
        fence: nextFence,
        changedAt: "$$NOW",
        finishedAt: "$$NOW",
        durationMs: { $toDouble: { $subtract: ["$$NOW", "$startedAt"] } },
        summary: { $literal: { ...summary, outcome } },
        leaseExpiresAt: null,
      },
    },
  ]);
  if (modifiedCount > 0) return "completed";
  const mine = await tasks.findOne({ _id: taskId, completedFence: fence }, { projection: { _id: 1 } });
  return mine ? "repeated" : "fenced_out";
}
