import type { RunTask, WorkflowRun } from "@/lib/mongo/collections/runs";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import type { RunWithTasks } from "@/lib/runs/create";
import { newRun, type RunPlan } from "@/lib/runs/new-run";
import type { ReplaySettings } from "./config";

/** What a replay is made from. */
export type RecordedTask = Pick<
  RunTask,
  | "nodeId"
  | "nodeName"
  | "nodeType"
  | "nodeDefinitionId"
  | "upstreamNodeIds"
  | "executorConfig"
  | "durationMs"
>;
export type RecordedRun = Pick<
  WorkflowRun,
  | "_id"
  | "workflowDefinitionId"
  | "workflowVersionId"
  | "workflowName"
  | "workflowVersionNumber"
  | "projectId"
  | "inputBindings"
  | "assetIds"
  | "datasetIds"
>;

export type ReplayIdentity = Pick<RunPlan, "runId" | "triggeredBy" | "request" | "createdAt" | "untold">;

/**
 * A recorded run as one that is still to be done, of the same version, so both can be compared. What differs is who executes it:
 * the executor `replay`, which lets each task last as it was recorded. Its settings stand in the frozen graph, so a retry of the
 * whole run is a replay again.
 */
export function toReplay(
  recorded: RecordedRun,
  tasks: readonly RecordedTask[],
  settings: ReplaySettings,
  identity: ReplayIdentity,
): RunWithTasks {
  const { run, tasks: made } = newRun({
    projectId: recorded.projectId,
    workflowId: recorded.workflowDefinitionId,
    workflowName: recorded.workflowName,
    versionId: recorded.workflowVersionId,
    versionNumber: recorded.workflowVersionNumber,
    nodes: tasks.map((task) => toNode(task, settings)),
    inputBindings: recorded.inputBindings,
    assetIds: recorded.assetIds,
    datasetIds: recorded.datasetIds,
    retryOfRunId: null,
    ...identity,
  });
  return { run: { ...run, summary: { source: "replay", replayOf: recorded._id, ...settings } }, tasks: made };
}

function toNode(task: RecordedTask, settings: ReplaySettings): GraphNode {
  const { nodeId: id, nodeName: name, nodeType, nodeDefinitionId, upstreamNodeIds } = task;
  // A replay of a replay lasts as the first recording did, not as the replay.
  const { durationMs = task.durationMs ?? 0 } = task.executorConfig;
  return {
    id,
    name,
    nodeType,
    nodeDefinitionId,
    executorType: "replay",
    upstreamNodeIds,
    executorConfig: { ...task.executorConfig, durationMs, ...settings },
  };
}
