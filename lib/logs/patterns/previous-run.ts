import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { findRecord } from "../read/page";

/** Runs before this one that are looked through for a log of the task. */
const runsLookedAt = 5;
const patience = { maxTimeMS: 5_000 };

export interface PreviousEpisode {
  runId: string;
  record: LogMetadata;
}

/** What the same task of the same workflow wrote in the run before; null for a first run, and for other producers. */
export async function previousEpisode(
  scope: WorkspaceScope,
  { producer }: LogMetadata,
): Promise<PreviousEpisode | null> {
  const { kind, runId, taskId } = producer;
  if (kind !== "run_task" || !runId || !taskId) return null;
  const stores = scoped(scope);
  const [run, task] = await Promise.all([
    stores
      .collection(workflowRuns)
      .findOne({ _id: runId }, { projection: { workflowDefinitionId: 1, createdAt: 1 }, ...patience }),
    stores
      .collection(runTasks)
      .findOne({ _id: taskId, workflowRunId: runId }, { projection: { nodeId: 1 }, ...patience }),
  ]);
  if (!run || !task) return null;
  const earlier = await stores
    .collection(workflowRuns)
    .find(
      { workflowDefinitionId: run.workflowDefinitionId, createdAt: { $lt: run.createdAt } },
      { projection: { _id: 1 }, ...patience },
    )
    .sort({ createdAt: -1, _id: -1 })
    .limit(runsLookedAt)
    .toArray();
  const runIds = earlier.map(({ _id }) => _id);
  if (runIds.length === 0) return null;
  const tasks = await stores
    .collection(runTasks)
    .find(
      { workflowRunId: { $in: runIds }, nodeId: task.nodeId },
      { projection: { workflowRunId: 1, logRef: 1 }, ...patience },
    )
    .sort({ workflowRunId: 1 })
    .toArray();
  for (const previous of runIds) {
    const logRef = tasks.find(({ workflowRunId }) => workflowRunId === previous)?.logRef;
    const record = logRef ? await findRecord(scope, logRef) : null;
    if (record && record.totalLogs > 0n) return { runId: previous, record };
  }
  return null;
}
