import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { shortTaskName } from "@/lib/runs/task-name";

export interface NamedStream {
  episodeId: string;
  name: string;
}

/** How streams are called by people: those of tasks by the task's name. The others bear the name their producer gave. */
export async function namesOf(
  scope: WorkspaceScope,
  records: Pick<LogMetadata, "episodeId" | "producer">[],
): Promise<Map<string, NamedStream>> {
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
  return new Map(
    records.map(({ episodeId, producer }) => {
      const name = byId.get(producer.taskId ?? "") ?? episodeId;
      return [episodeId, { episodeId, name }];
    }),
  );
}
