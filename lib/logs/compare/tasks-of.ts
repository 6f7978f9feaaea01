import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { ComparedTask } from "./schema";

const patience = { maxTimeMS: 5_000 };

/** Which task wrote each of the episodes, by episode; those that no task wrote are not in it. */
export async function tasksOf(
  scope: WorkspaceScope,
  records: readonly Pick<LogMetadata, "episodeId" | "producer">[],
): Promise<Map<string, ComparedTask>> {
  const taskIds = records.flatMap(({ producer }) => producer.taskId ?? []);
  if (taskIds.length === 0) return new Map();
  const store = scoped(scope);
  const tasks = await store
    .collection(runTasks)
    .find(
      { _id: { $in: taskIds } },
      {
        projection: { nodeId: 1, nodeName: 1, status: 1, workflowRunId: 1, startedAt: 1 },
        sort: { _id: 1 },
        ...patience,
      },
    )
    .toArray();
  const runs = await store
    .collection(workflowRuns)
    .find(
      { _id: { $in: [...new Set(tasks.map((task) => task.workflowRunId))] } },
      { projection: { status: 1, workflowDefinitionId: 1, workflowName: 1 }, sort: { _id: 1 }, ...patience },
    )
    .toArray();
  const runOf = new Map(runs.map((run) => [run._id, run]));
  const taskOf = new Map(tasks.map((task) => [task._id, task]));
  return new Map(
    records.flatMap(({ episodeId, producer }) => {
      const task = taskOf.get(producer.taskId ?? "");
      const run = runOf.get(task?.workflowRunId ?? "");
      if (!task || !run) return [];
      const compared: ComparedTask = {
        taskId: task._id,
        nodeId: task.nodeId,
        name: task.nodeName,
        status: task.status,
        runId: run._id,
        runStatus: run.status,
        workflowId: run.workflowDefinitionId,
        workflowName: run.workflowName,
        startedAt: task.startedAt?.toISOString() ?? null,
      };
      return [[episodeId, compared]];
    }),
  );
}
