import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { shortTaskName } from "@/lib/runs/task-name";
import type { StreamName } from "./schema";

/** How streams are called by people, in the order they are given: those of tasks by the task's name, the others by their own. */
export async function namesOf(
  scope: WorkspaceScope,
  records: Pick<LogMetadata, "episodeId" | "producer">[],
): Promise<StreamName[]> {
  const taskIds = records.flatMap(({ producer }) => producer.taskId ?? []);
  const tasks =
    taskIds.length === 0
      ? []
      : await scoped(scope)
          .collection(runTasks)
          .find({ _id: { $in: taskIds } }, { projection: { nodeName: 1, nodeId: 1 }, maxTimeMS: 10_000 })
          .sort({ _id: 1 })
          .toArray();
  const byId = new Map(tasks.map(({ _id, nodeName, nodeId }) => [_id, shortTaskName(nodeName, nodeId)]));
  return records.map(({ episodeId, producer: { runId = null, taskId = null } }) => {
    return { episodeId, runId, taskId, name: byId.get(taskId ?? "") ?? episodeId };
  });
}

/** The names of streams that are known by their ids. */
export async function namesOfIds(scope: WorkspaceScope, episodeIds: string[]): Promise<StreamName[]> {
  if (episodeIds.length === 0) return [];
  const records = await scoped(scope)
    .collection(logMetadata)
    .find(
      { episodeId: { $in: episodeIds } },
      { projection: { episodeId: 1, producer: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ episodeId: 1 })
    .toArray();
  return namesOf(scope, records);
}
