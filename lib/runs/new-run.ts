import type { InputBinding, WorkflowRun } from "@/lib/mongo/collections/runs";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { derivedId } from "@/lib/workflows/fingerprint";
import { blankTask } from "./blank-task";
import type { NewRun, NewTask, RunWithTasks } from "./create";
import { countTasks } from "./derive-status";
import { packSnapshot } from "./snapshot";

/** All that a run is made from. */
export interface RunPlan {
  runId: string;
  projectId: string;
  workflowId: string;
  workflowName: string;
  versionId: string;
  versionNumber: number;
  nodes: GraphNode[];
  inputBindings: InputBinding[];
  assetIds: string[];
  datasetIds: string[];
  triggeredBy: string;
  untold?: WorkflowRun["untold"];
  retryOfRunId: string | null;
  request: Pick<WorkflowRun, "idempotencyKey" | "requestFingerprint">;
  createdAt: Date;
}

/** A run before anything happened to it: one task per node, those that wait for nothing in the queue. */
export function newRun(plan: RunPlan): RunWithTasks {
  const tasks = plan.nodes.map((node) => newTask(plan, node));
  const run: NewRun = {
    _id: plan.runId,
    workflowDefinitionId: plan.workflowId,
    workflowVersionId: plan.versionId,
    projectId: plan.projectId,
    triggeredBy: plan.triggeredBy,
    status: "queued",
    runtimeSnapshot: packSnapshot(plan.nodes),
    workflowName: plan.workflowName,
    workflowVersionNumber: plan.versionNumber,
    inputBindings: plan.inputBindings,
    assetIds: plan.assetIds,
    datasetIds: plan.datasetIds,
    taskCounts: countTasks(tasks),
    completedTaskCount: 0,
    artifactCount: 0,
    stdoutLineCount: 0,
    stderrLineCount: 0,
    failedTaskIds: [],
    summary: {},
    aggSeq: 0,
    opSeqCounter: 0,
    control: null,
    cancelRequestedAt: null,
    retryOfRunId: plan.retryOfRunId,
    ...plan.request,
    ...(plan.untold && { untold: plan.untold }),
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    createdAt: plan.createdAt,
    updatedAt: plan.createdAt,
  };
  return { run, tasks };
}

function newTask({ runId, createdAt, ...plan }: RunPlan, node: GraphNode): NewTask {
  const isRoot = node.upstreamNodeIds.length === 0;
  return {
    ...blankTask(),
    _id: derivedId("task", runId, node.id),
    projectId: plan.projectId,
    workflowRunId: runId,
    workflowVersionId: plan.versionId,
    nodeId: node.id,
    nodeName: node.name,
    nodeType: node.nodeType,
    nodeDefinitionId: node.nodeDefinitionId,
    executorType: node.executorType,
    executorConfig: node.executorConfig ?? {},
    codeHookSpec: node.codeHookSpec ?? null,
    artifactType: node.artifactType ?? null,
    artifactTitle: node.artifactTitle ?? null,
    status: isRoot ? "queued" : "pending",
    assetIds: plan.assetIds,
    datasetIds: plan.datasetIds,
    upstreamNodeIds: node.upstreamNodeIds,
    priority: node.priority ?? 0,
    queuedAt: isRoot ? createdAt : null,
    createdAt,
    changedAt: createdAt,
  };
}
