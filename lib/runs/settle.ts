import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { taskStatus } from "./status";

/*
 * What becomes of a task that waits: queued when all it waits for has succeeded, skipped when some of it never will. A child
 * is read before its upstream tasks and changed only if it is still as it was read, so none is queued on an upstream that was
 * reset in between (I2).
 */

type Waiting = Pick<RunTask, "_id" | "nodeId" | "fence" | "upstreamNodeIds">;

const waiting = { status: "pending", hold: null } as const;
const waitingFields = { nodeId: 1, fence: 1, upstreamNodeIds: 1 };
/** Decided beside each other: a fan-out of a thousand is not a thousand round trips one after the other. */
const atOnce = 16;

/** Decides the tasks that waited for `nodeIds`; for those that are skipped, what waits for them in turn. */
export async function settleAfter(scope: WorkspaceScope, runId: string, nodeIds: string[]): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  for (let settled = nodeIds; settled.length > 0; ) {
    const children = await tasks
      .find(
        { workflowRunId: runId, ...waiting, upstreamNodeIds: { $in: settled } },
        { projection: waitingFields, sort: { _id: 1 } },
      )
      .toArray();
    settled = await settleEach(scope, runId, children);
  }
}

/** Decides some tasks that wait, whatever they wait for. */
export async function settleTasks(scope: WorkspaceScope, runId: string, taskIds: string[]): Promise<void> {
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { _id: { $in: taskIds }, workflowRunId: runId, ...waiting },
      { projection: waitingFields, sort: { _id: 1 } },
    )
    .toArray();
  await settleAfter(scope, runId, await settleEach(scope, runId, found));
}

/** Decides whatever can be decided in a run. For one that was left between the end of a task and what follows from it. */
export async function settleRun(scope: WorkspaceScope, runId: string): Promise<void> {
  const all = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId },
      { projection: { ...waitingFields, status: 1, hold: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  const statusOf = new Map(all.map(({ nodeId, status }) => [nodeId, status]));
  const ripe = all.filter(({ status, hold, upstreamNodeIds }) => {
    if (status !== "pending" || hold !== null) return false;
    const before = upstreamNodeIds.map((nodeId) => statusOf.get(nodeId));
    return (
      before.every((one) => one === "succeeded") || before.some((one) => one !== undefined && isLost(one))
    );
  });
  await settleTasks(
    scope,
    runId,
    ripe.map(({ _id }) => _id),
  );
}

/** Node ids of those that were skipped. */
async function settleEach(scope: WorkspaceScope, runId: string, children: Waiting[]): Promise<string[]> {
  const skipped: string[] = [];
  for (let start = 0; start < children.length; start += atOnce) {
    const some = children.slice(start, start + atOnce);
    const decided = await Promise.all(some.map((child) => settle(scope, runId, child)));
    skipped.push(...decided.flatMap((nodeId) => nodeId ?? []));
  }
  return skipped;
}

/** The node id if the task was skipped: what waits for it is decided then too. */
async function settle(scope: WorkspaceScope, runId: string, child: Waiting): Promise<string | null> {
  const tasks = scoped(scope).collection(runTasks);
  const upstream = await tasks
    .find(
      { workflowRunId: runId, nodeId: { $in: child.upstreamNodeIds } },
      { projection: { nodeId: 1, status: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  const lost = upstream.filter(({ status }) => isLost(status));
  const ready =
    upstream.length === child.upstreamNodeIds.length &&
    upstream.every(({ status }) => status === "succeeded");
  if (lost.length === 0 && !ready) return null;
  const change =
    lost.length === 0
      ? { status: "queued", queuedAt: "$$NOW" }
      : {
          status: "skipped",
          skipReason: { $literal: { upstream: lost.map(({ nodeId }) => nodeId) } },
          finishedAt: "$$NOW",
        };
  const { modifiedCount } = await tasks.updateOne({ _id: child._id, ...waiting, fence: child.fence }, [
    { $set: { ...change, fence: { $add: ["$fence", 1] }, changedAt: "$$NOW" } },
  ]);
  return modifiedCount > 0 && lost.length > 0 ? child.nodeId : null;
}

/** It ended, and what waits for it will never run unless a person retries it. */
function isLost(status: RunTask["status"]): boolean {
  return taskStatus[status].final && status !== "succeeded";
}
