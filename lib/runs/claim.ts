import "server-only";
import type { Filter, FindOneAndUpdateOptions, FindOptions } from "mongodb";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";
import { leaseFromNow } from "./advance";

export interface Claimant {
  workerId: string;
  executors: string[];
  /** Of a worker that serves some kinds of node only. */
  nodeTypes?: string[];
}

/** The tasks that a claimant may see: of one workspace, or of all. */
export interface Queue {
  take(filter: Filter<RunTask>, update: object[], options: FindOneAndUpdateOptions): Promise<RunTask | null>;
  look(filter: Filter<RunTask>, options: FindOptions): Promise<RunTask[]>;
}

export function queueOf(scope: WorkspaceScope): Queue {
  const tasks = scoped(scope).collection(runTasks);
  return {
    take: (...claim) => tasks.findOneAndUpdate(...claim),
    look: (filter, options) => tasks.find(filter, options).toArray(),
  };
}

/** For workers of the platform. */
export function queueAnywhere(platform: PlatformScope): Queue {
  const tasks = acrossWorkspaces(platform, runTasks);
  return {
    take: (filter, update, options) =>
      tasks.findOneAndUpdate(filter, update, { ...options, includeResultMetadata: false }),
    look: (filter, options) => tasks.find(filter, options).toArray(),
  };
}

/** The most urgent queued task in a workspace of the executors that a worker serves. Null when nothing waits. */
export function claimNext(scope: WorkspaceScope, claimant: Claimant): Promise<RunTask | null> {
  return claimFirst(queueOf(scope), claimant);
}

export function claimFirst(queue: Queue, claimant: Claimant): Promise<RunTask | null> {
  return queue.take(claimable(claimant), claimOf(claimant.workerId), {
    sort: lineOrder,
    returnDocument: "after",
  });
}

/** One task of the line, if it still stands in it. */
export function claimTask(queue: Queue, taskId: string, claimant: Claimant): Promise<RunTask | null> {
  const still = { _id: taskId, status: "queued" as const, hold: null };
  return queue.take(still, claimOf(claimant.workerId), { returnDocument: "after" });
}

/** Equality on the status makes it the partial index of the queue, whose order is the order of the claim. */
export const claimable = ({ executors, nodeTypes }: Pick<Claimant, "executors" | "nodeTypes">) => ({
  status: "queued" as const,
  executorType: { $in: executors },
  hold: null,
  ...(nodeTypes && { nodeType: { $in: nodeTypes } }),
});

export const lineOrder = { priority: -1, queuedAt: 1, _id: 1 } as const;

/**
 * One write: a task that runs has a lease from its first moment (I5). Every attempt has a log of its own, also that of a task
 * which was only reset because it stands behind a retried one: what tells them apart is the operation, not the attempt.
 */
function claimOf(workerId: string): object[] {
  const firstLog = { $concat: ["$workflowRunId", ".", "$nodeId"] };
  return [
    {
      $set: {
        status: "running",
        workerId: { $literal: workerId },
        logRef: {
          $cond: [
            { $eq: ["$opSeq", 0] },
            firstLog,
            { $concat: [firstLog, ".", { $toString: { $add: ["$opSeq", 1] } }] },
          ],
        },
        fence: { $add: ["$fence", 1] },
        deliveries: { $add: ["$deliveries", 1] },
        changedAt: "$$NOW",
        startedAt: "$$NOW",
        heartbeatAt: "$$NOW",
        leaseExpiresAt: leaseFromNow,
      },
    },
  ];
}
