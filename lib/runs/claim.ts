import "server-only";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";
import { leaseFromNow } from "./advance";

/**
 * The most urgent queued task of the executors that a worker serves, in a workspace. Null when nothing waits. One that serves some
 * kinds of node only names them.
 */
export function claimNext(
  scope: WorkspaceScope,
  { executors, workerId, nodeTypes }: { executors: string[]; workerId: string; nodeTypes?: string[] },
): Promise<RunTask | null> {
  const filter = { ...claimable(executors), ...(nodeTypes && { nodeType: { $in: nodeTypes } }) };
  return scoped(scope).collection(runTasks).findOneAndUpdate(filter, claimOf(workerId), firstInLine);
}

/** The same over all workspaces, for workers of the platform. */
export function claimNextAnywhere(
  platform: PlatformScope,
  { executors, workerId }: { executors: string[]; workerId: string },
): Promise<RunTask | null> {
  return acrossWorkspaces(platform, runTasks).findOneAndUpdate(
    claimable(executors),
    claimOf(workerId),
    firstInLine,
  );
}

/** Equality on the status makes it the partial index of the queue, whose order is the order of the claim. */
const claimable = (executors: string[]) => ({
  status: "queued" as const,
  executorType: { $in: executors },
  hold: null,
});

const firstInLine = {
  sort: { priority: -1, queuedAt: 1, _id: 1 },
  returnDocument: "after",
  includeResultMetadata: false,
} as const;

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
