import type { RunTask, WorkflowRun } from "@/lib/mongo/collections/runs";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import type { NewRun, NewTask, RunWithTasks } from "@/lib/runs/create";
import { countTasks } from "@/lib/runs/derive-status";
import { derivedId } from "@/lib/workflows/fingerprint";
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

export interface ReplayIdentity {
  runId: string;
  triggeredBy: string;
  createdAt: Date;
}

/**
 * A recorded run as one that is still to be done, of the same version, so both can be compared. What differs is who executes it:
 * the executor `replay`, which lets each task last as it was recorded. Its settings stand in the frozen graph too, so a retry of
 * the whole run is a replay again.
 */
export function toReplay(
  recorded: RecordedRun,
  tasks: readonly RecordedTask[],
  settings: ReplaySettings,
  { runId, triggeredBy, createdAt }: ReplayIdentity,
): RunWithTasks {
  const nodes = tasks.map((task) => toNode(task, settings));
  const made = nodes.map((node): NewTask => toTask(node, recorded, runId, createdAt));
  const run: NewRun = {
    _id: runId,
    workflowDefinitionId: recorded.workflowDefinitionId,
    workflowVersionId: recorded.workflowVersionId,
    projectId: recorded.projectId,
    triggeredBy,
    status: "queued",
    runtimeSnapshot: { nodes },
    workflowName: recorded.workflowName,
    workflowVersionNumber: recorded.workflowVersionNumber,
    inputBindings: recorded.inputBindings,
    assetIds: recorded.assetIds,
    datasetIds: recorded.datasetIds,
    taskCounts: countTasks(made),
    completedTaskCount: 0,
    artifactCount: 0,
    stdoutLineCount: 0,
    stderrLineCount: 0,
    failedTaskIds: [],
    summary: { source: "replay", replayOf: recorded._id, ...settings },
    aggSeq: 0,
    opSeqCounter: 0,
    control: null,
    cancelRequestedAt: null,
    retryOfRunId: null,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    createdAt,
    updatedAt: createdAt,
  };
  return { run, tasks: made };
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

function toTask(node: GraphNode, recorded: RecordedRun, runId: string, createdAt: Date): NewTask {
  const first = node.upstreamNodeIds.length === 0;
  return {
    ...blankTask,
    _id: derivedId("task", runId, node.id),
    projectId: recorded.projectId,
    workflowRunId: runId,
    workflowVersionId: recorded.workflowVersionId,
    nodeId: node.id,
    nodeName: node.name,
    nodeType: node.nodeType,
    nodeDefinitionId: node.nodeDefinitionId,
    executorType: node.executorType,
    executorConfig: node.executorConfig ?? {},
    upstreamNodeIds: node.upstreamNodeIds,
    assetIds: recorded.assetIds,
    status: first ? "queued" : "pending",
    queuedAt: first ? createdAt : null,
    createdAt,
  };
}

const blankTask = {
  codeHookSpec: null,
  artifactType: null,
  artifactTitle: null,
  attempt: 1,
  outputArtifactIds: [],
  logRef: null,
  cacheKey: null,
  cacheHit: false,
  logLines: [],
  stdoutLines: [],
  stderrLines: [],
  stdoutCount: 0,
  stderrCount: 0,
  errorMessage: null,
  summary: {},
  lastResultPreview: null,
  fence: 0,
  opSeq: 0,
  deliveries: 0,
  stalls: 0,
  priority: 0,
  workerId: null,
  leaseExpiresAt: null,
  heartbeatAt: null,
  cancelRequestedAt: null,
  skipReason: null,
  startedAt: null,
  finishedAt: null,
  durationMs: null,
} as const satisfies Partial<NewTask>;
