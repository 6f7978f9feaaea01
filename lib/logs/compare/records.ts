import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/** The records of the logs of tasks, by episode. */
export async function recordsOf(
  scope: WorkspaceScope,
  tasks: readonly Pick<RunTask, "logRef">[],
): Promise<Map<string, LogMetadata>> {
  const records = await scoped(scope)
    .collection(logMetadata)
    .find({ episodeId: { $in: tasks.flatMap(({ logRef }) => logRef ?? []) } }, { maxTimeMS: 10_000 })
    .sort({ episodeId: 1 })
    .toArray();
  return new Map(records.map((record) => [record.episodeId, record]));
}
