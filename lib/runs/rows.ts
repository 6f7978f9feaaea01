import type { RunTask, WorkflowRun } from "@/lib/mongo/collections/runs";
import type { RunRow, TaskRow } from "./schema";

/** What a row of the run list shows. The frozen graph, which may be a megabyte, is not among it. */
export const runRowFields = {
  status: 1,
  workflowDefinitionId: 1,
  workflowName: 1,
  workflowVersionNumber: 1,
  triggeredBy: 1,
  taskCounts: 1,
  inputBindings: 1,
  startedAt: 1,
  finishedAt: 1,
  durationMs: 1,
  createdAt: 1,
} as const;

export type RunRowDocument = Pick<WorkflowRun, "_id" | keyof typeof runRowFields>;

export function toRunRow(run: RunRowDocument): RunRow {
  return {
    id: run._id,
    status: run.status,
    workflowId: run.workflowDefinitionId,
    workflowName: run.workflowName,
    versionNumber: run.workflowVersionNumber,
    triggeredBy: run.triggeredBy,
    taskCounts: run.taskCounts,
    inputs: run.inputBindings,
    startedAt: isoOrNull(run.startedAt),
    finishedAt: isoOrNull(run.finishedAt),
    durationMs: run.durationMs,
    createdAt: run.createdAt.toISOString(),
  };
}

/** What graph, Gantt and table of a run share. Commands and log tails are read for the opened task only. */
export const taskRowFields = {
  nodeId: 1,
  nodeName: 1,
  nodeType: 1,
  status: 1,
  attempt: 1,
  fence: 1,
  executorType: 1,
  upstreamNodeIds: 1,
  queuedAt: 1,
  startedAt: 1,
  finishedAt: 1,
  durationMs: 1,
  errorMessage: 1,
  cacheHit: 1,
  workerId: 1,
  logRef: 1,
  stalls: 1,
} as const;

export type TaskRowDocument = Pick<RunTask, "_id" | keyof typeof taskRowFields>;

export function toTaskRow(task: TaskRowDocument): TaskRow {
  return {
    id: task._id,
    nodeId: task.nodeId,
    name: task.nodeName,
    nodeType: task.nodeType,
    status: task.status,
    attempt: task.attempt,
    fence: task.fence,
    executorType: task.executorType,
    upstreamNodeIds: task.upstreamNodeIds,
    queuedAt: isoOrNull(task.queuedAt),
    startedAt: isoOrNull(task.startedAt),
    finishedAt: isoOrNull(task.finishedAt),
    durationMs: task.durationMs,
    errorMessage: task.errorMessage,
    cacheHit: task.cacheHit,
    workerId: task.workerId,
    logRef: task.logRef,
    ...(task.stalls > 0 && { stalls: task.stalls }),
  };
}

const isoOrNull = (moment: Date | null) => moment?.toISOString() ?? null;
