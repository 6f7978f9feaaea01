import { blankTask } from "@/lib/runs/blank-task";
import type { NewRun, NewTask, RunWithTasks } from "@/lib/runs/create";
import { countTasks } from "@/lib/runs/derive-status";

/** A task as it is made: a root is queued, others wait. A test names only what it is about. */
export function newTaskOf(runId: string, nodeId: string, values: Partial<NewTask> = {}): NewTask {
  const upstreamNodeIds = values.upstreamNodeIds ?? [];
  return {
    ...blankTask(),
    _id: `${runId}.${nodeId}`,
    projectId: "no-project",
    workflowRunId: runId,
    workflowVersionId: "version-1",
    nodeId,
    nodeName: nodeId,
    nodeType: "load",
    nodeDefinitionId: "builtin:load",
    executorType: "docker",
    status: upstreamNodeIds.length === 0 ? "queued" : "pending",
    upstreamNodeIds,
    createdAt: new Date(),
    ...values,
  };
}

/** A run of these tasks: its graph and counts follow from them. */
export function newRunOf(runId: string, tasks: NewTask[], values: Partial<NewRun> = {}): RunWithTasks {
  const createdAt = values.createdAt ?? new Date();
  return {
    tasks,
    run: {
      _id: runId,
      workflowDefinitionId: "workflow-1",
      workflowVersionId: "version-1",
      projectId: "no-project",
      triggeredBy: "test",
      status: "queued",
      runtimeSnapshot: {
        nodes: tasks.map(
          ({ nodeId, nodeName, nodeType, nodeDefinitionId, executorType, upstreamNodeIds }) => ({
            id: nodeId,
            name: nodeName,
            nodeType,
            nodeDefinitionId,
            executorType,
            upstreamNodeIds,
          }),
        ),
      },
      workflowName: "some-flow",
      workflowVersionNumber: 1,
      inputBindings: [],
      assetIds: [],
      datasetIds: [],
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
      retryOfRunId: null,
      startedAt: null,
      finishedAt: null,
      durationMs: null,
      createdAt,
      updatedAt: createdAt,
      ...values,
    },
  };
}
