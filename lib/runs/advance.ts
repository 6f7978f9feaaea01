import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/*
 * The transitions of a task, each one write to one document. `fence` grows with every change of status and is what a
 * worker holds: a write that carries an older one finds nothing to change. Times are the database's own.
 */

const leaseSeconds = 30;
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
const lease = { $dateAdd: { startDate: "$$NOW", unit: "second", amount: leaseSeconds } };
const nextFence = { $add: ["$fence", 1] };

/** A task that a worker holds. */
export interface Held {
  taskId: string;
  fence: number;
}

export interface Completion {
  outcome: "succeeded" | "failed" | "cancelled";
  errorMessage: string | null;
  stdoutCount: number;
  stderrCount: number;
  outputArtifactIds: string[];
  lastResultPreview: Record<string, unknown> | null;
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
            startedAt: "$$NOW",
            heartbeatAt: "$$NOW",
            leaseExpiresAt: lease,
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
      [{ $set: { heartbeatAt: "$$NOW", leaseExpiresAt: lease } }],
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
    { $set: { fence: nextFence, leaseExpiresAt: null, stalls: { $add: ["$stalls", 1] } } },
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

/**
 * Ends a task. Values go in as literals: an error message that begins with a dollar sign is no expression. A completion
 * that is sent twice is accepted once; "fenced_out" means that its result counts for nothing.
 */
export async function completeTask(
  scope: WorkspaceScope,
  { taskId, fence }: Held,
  { outcome, ...result }: Completion,
): Promise<"completed" | "fenced_out"> {
  const literals = Object.fromEntries(
    Object.entries(result).map(([field, value]) => [field, { $literal: value }]),
  );
  const tasks = scoped(scope).collection(runTasks);
  const { modifiedCount } = await tasks.updateOne({ _id: taskId, status: "running", fence }, [
    {
      $set: {
        ...literals,
        status: outcome,
        completedFence: fence,
        fence: nextFence,
        finishedAt: "$$NOW",
        durationMs: { $toDouble: { $subtract: ["$$NOW", "$startedAt"] } },
        summary: { $literal: { outcome } },
        leaseExpiresAt: null,
      },
    },
  ]);
  if (modifiedCount > 0) return "completed";
  const mine = await tasks.findOne({ _id: taskId, completedFence: fence }, { projection: { _id: 1 } });
  return mine ? "completed" : "fenced_out";
}

/**
 * Decides what becomes of the tasks that waited for `nodeIds`: queued when all they wait for has succeeded, skipped when
 * some of it never will, and then theirs in turn. A child is read before its upstream tasks and changed only if it is
 * still as it was read, so none is queued on an upstream that was reset in between.
 */
export async function settleAfter(scope: WorkspaceScope, runId: string, nodeIds: string[]): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  for (let settled = nodeIds; settled.length > 0; ) {
    const children = await tasks
      .find(
        { workflowRunId: runId, status: "pending", hold: null, upstreamNodeIds: { $in: settled } },
        { projection: { nodeId: 1, fence: 1, upstreamNodeIds: 1 }, sort: { _id: 1 } },
      )
      .toArray();
    const skipped = await Promise.all(children.map((child) => settle(scope, runId, child)));
    settled = skipped.flatMap((nodeId) => nodeId ?? []);
  }
}

/** The node id if the task was skipped: what waits for it is decided then too. */
async function settle(
  scope: WorkspaceScope,
  runId: string,
  child: Pick<RunTask, "_id" | "nodeId" | "fence" | "upstreamNodeIds">,
): Promise<string | null> {
  const tasks = scoped(scope).collection(runTasks);
  const upstream = await tasks
    .find(
      { workflowRunId: runId, nodeId: { $in: child.upstreamNodeIds } },
      { projection: { nodeId: 1, status: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  const lost = upstream.filter(
    ({ status }) => status === "failed" || status === "skipped" || status === "cancelled",
  );
  const ready = upstream.length === child.upstreamNodeIds.length && upstream.every(isDone);
  if (lost.length === 0 && !ready) return null;
  const change =
    lost.length === 0
      ? { status: "queued", queuedAt: "$$NOW" }
      : {
          status: "skipped",
          skipReason: { $literal: { upstream: lost.map(({ nodeId }) => nodeId) } },
          finishedAt: "$$NOW",
        };
  const { modifiedCount } = await tasks.updateOne(
    { _id: child._id, status: "pending", fence: child.fence, hold: null },
    [{ $set: { ...change, fence: nextFence } }],
  );
  return modifiedCount > 0 && lost.length > 0 ? child.nodeId : null;
}

const isDone = ({ status }: { status: string }) => status === "succeeded";
