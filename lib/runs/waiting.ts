import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { QueuePlace } from "./waiting-schema";
import { listLiveWorkers } from "./workers/queries";

const countedTo = 1_000;
const patience = { maxTimeMS: 5_000 };

/**
 * Why a queued task does not run yet: how many are claimed before it, and whether anybody is there who would. Counted within
 * the workspace: how busy others are is theirs to know. Null when there is no such task.
 */
export async function getQueuePlace(
  scope: WorkspaceScope,
  runId: string,
  taskId: string,
): Promise<QueuePlace | null> {
  const asOf = new Date().toISOString();
  const tasks = scoped(scope).collection(runTasks);
  const task = await tasks.findOne(
    { _id: taskId, workflowRunId: runId },
    { projection: { status: 1, executorType: 1, priority: 1, queuedAt: 1 }, ...patience },
  );
  if (!task) return null;
  const { executorType, priority, queuedAt } = task;
  const queue = { status: "queued" as const, executorType };
  const [first, second, third, running, workers] = await Promise.all([
    // In the order of the claim: the more urgent, then the earlier, then by name.
    count({ ...queue, priority: { $gt: priority } }),
    queuedAt ? count({ ...queue, priority, queuedAt: { $lt: queuedAt } }) : 0,
    queuedAt ? count({ ...queue, priority, queuedAt, _id: { $lt: taskId } }) : 0,
    count({ status: "running", executorType }),
    listLiveWorkers(scope, executorType),
  ]);
  const ahead = first + second + third;
  const waits = task.status === "queued";
  return {
    ahead: waits ? Math.min(ahead, countedTo) : null,
    more: ahead >= countedTo,
    running,
    workers: workers.length,
    slots: workers.reduce((sum, worker) => sum + worker.slots, 0),
    asOf,
  };

  function count(filter: Parameters<typeof tasks.countDocuments>[0]): Promise<number> {
    return tasks.countDocuments(filter, { limit: countedTo, ...patience });
  }
}
