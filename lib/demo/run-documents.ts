import { blankTask } from "@/lib/runs/blank-task";
import type { NewRun, NewTask } from "@/lib/runs/create";
import { completedTasks, countTasks } from "@/lib/runs/derive-status";
import { packSnapshot } from "@/lib/runs/snapshot";
import { derivedId } from "@/lib/workflows/fingerprint";
import type { WorkflowVersion } from "@/lib/workflows/mutations";
import { boundTo } from "./inputs-data";
import { isCacheable, type Outcome, type PlannedRun, type PlannedTask } from "./run-plan";
import { type DemoNode, type DemoWorkflow, graphOf } from "./workflow-graph";

export interface RunIdentity {
  runId: string;
  workspaceId: string;
  projectId: string;
  workflow: DemoWorkflow;
  version: WorkflowVersion;
  nodes: DemoNode[];
  createdAt: Date;
  triggeredBy: string;
}

const workers = ["worker-ash", "worker-birch", "worker-cedar", "worker-elm"] as const;

export const taskIdOf = (runId: string, nodeId: string) => derivedId("task", runId, nodeId);
/** The episode of a task's log: readable, and unique because the run id is. */
export const episodeOf = (runId: string, nodeId: string) => `${runId}.${nodeId}`;

/** A planned run as documents. `hasLogs` says whether its tasks write a log. */
export function toRunDocuments(
  identity: RunIdentity,
  outcome: Outcome,
  plan: PlannedRun,
  hasLogs: boolean,
): { run: NewRun; tasks: NewTask[] } {
  const tasks = plan.tasks.map((task, index) => toTask(identity, task, index, hasLogs));
  const counts = countTasks(tasks);
  const { runId, projectId, workflow, version, createdAt, triggeredBy } = identity;
  const startedAt = after(createdAt, plan.startedAt);
  const finishedAt = after(createdAt, plan.finishedAt);
  const bound = workflow.datasets.map(boundTo);
  return {
    tasks,
    run: {
      _id: runId,
      workflowDefinitionId: version.workflowId,
      workflowVersionId: version.versionId,
      projectId,
      triggeredBy,
      status: outcome,
      runtimeSnapshot: packSnapshot(graphOf(workflow)),
      workflowName: workflow.name,
      workflowVersionNumber: version.versionNumber,
      inputBindings: bound.map(({ binding }) => binding),
      assetIds: [...new Set(bound.flatMap(({ assetIds }) => assetIds))],
      datasetIds: workflow.datasets,
      taskCounts: counts,
      completedTaskCount: completedTasks(counts),
      artifactCount: tasks.reduce((sum, task) => sum + task.outputArtifactIds.length, 0),
      stdoutLineCount: tasks.reduce((sum, task) => sum + task.stdoutCount, 0),
      stderrLineCount: tasks.reduce((sum, task) => sum + task.stderrCount, 0),
      failedTaskIds: tasks
        .filter((task) => task.status === "failed")
        .sort((a, b) => Number(a.finishedAt) - Number(b.finishedAt))
        .map((task) => task._id),
      summary: { source: "demo" },
      aggSeq: 1,
      opSeqCounter: outcome === "cancelled" ? 1 : 0,
      control: null,
      cancelRequestedAt: outcome === "cancelled" ? finishedAt : null,
      retryOfRunId: null,
      startedAt,
      finishedAt,
      durationMs: startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null,
      createdAt,
      updatedAt: finishedAt ?? createdAt,
    },
  };
}

function toTask(identity: RunIdentity, task: PlannedTask, index: number, hasLogs: boolean): NewTask {
  const { runId, projectId, workflow, version, createdAt } = identity;
  const { node, status } = task;
  const startedAt = after(createdAt, task.startedAt);
  const finishedAt = after(createdAt, task.finishedAt);
  const ran = task.startedAt !== null;
  const running = status === "running";
  const lines = ran ? 12 + ((index * 7) % 60) : 0;
  const produces = status === "succeeded" && node.artifactType !== undefined;
  return {
    // The first attempt of each: retries of the past would need their attempts; those of the demo are made while it runs.
    ...blankTask(),
    _id: taskIdOf(runId, node.id),
    projectId,
    workflowRunId: runId,
    workflowVersionId: version.versionId,
    nodeId: node.id,
    nodeName: node.name,
    nodeType: node.nodeType,
    nodeDefinitionId: node.nodeDefinitionId,
    executorType: node.executorType,
    executorConfig: node.executorConfig ?? {},
    artifactType: node.artifactType ?? null,
    artifactTitle: node.artifactTitle ?? null,
    status,
    upstreamNodeIds: node.upstreamNodeIds,
    outputArtifactIds: produces ? [derivedId("artifact", runId, node.id)] : [],
    logRef: hasLogs && ran && !task.cacheHit ? episodeOf(runId, node.id) : null,
    cacheKey: ran && isCacheable(node) ? derivedId("cache", workflow.name, node.id) : null,
    cacheHit: task.cacheHit,
    stdoutCount: task.cacheHit ? 0 : lines,
    stderrCount: status === "failed" ? 4 : 0,
    errorMessage: task.errorMessage,
    summary: ran ? { executor: node.executorType, outcome: status } : {},
    lastResultPreview: status === "succeeded" ? { rows: 1_000 + ((index * 7_919) % 90_000) } : null,
    fence: fenceOf(task),
    opSeq: status === "cancelled" ? 1 : 0,
    deliveries: ran ? 1 : 0,
    workerId: ran ? (workers[index % workers.length] ?? workers[0]) : null,
    // A running task always has a lease; this one is over by the time anybody looks, so its work is taken up again.
    leaseExpiresAt: running && startedAt ? new Date(startedAt.getTime() + 30_000) : null,
    heartbeatAt: running ? startedAt : null,
    cancelRequestedAt: status === "cancelled" && ran ? finishedAt : null,
    skipReason: status === "skipped" ? { upstream: task.blockedBy } : null,
    queuedAt: after(createdAt, task.queuedAt),
    startedAt,
    finishedAt,
    durationMs: startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null,
    createdAt,
  };
}

/** One more than 0 for each change of status since the task was made. */
function fenceOf({ node, status, startedAt }: PlannedTask): number {
  const promoted = node.upstreamNodeIds.length === 0 ? 0 : 1;
  if (status === "pending") return 0;
  if (status === "queued") return promoted;
  if (startedAt === null) return 1;
  return promoted + (status === "running" ? 1 : 2);
}

const after = (moment: Date, ms: number | null) => (ms === null ? null : new Date(moment.getTime() + ms));
