import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { CacheSource } from "./schema";

type Cached = Pick<RunTask, "cacheHit" | "cacheKey" | "finishedAt">;

/**
 * Where a task that was answered from the cache has its result from: the last one under the same key that did the work itself
 * and had ended well by then. Null for one that did its own work, and where that task has been run again since.
 */
export async function cacheSourceOf(
  scope: WorkspaceScope,
  { cacheHit, cacheKey, finishedAt }: Cached,
): Promise<CacheSource | null> {
  if (!cacheHit || cacheKey === null || finishedAt === null) return null;
  const found = await scoped(scope)
    .collection(runTasks)
    .findOne(
      { cacheKey, status: "succeeded", cacheHit: false, hold: null, finishedAt: { $lt: finishedAt } },
      {
        projection: { workflowRunId: 1, finishedAt: 1 },
        sort: { finishedAt: -1 },
        maxTimeMS: 5_000,
      },
    );
  if (!found?.finishedAt) return null;
  return { runId: found.workflowRunId, taskId: found._id, finishedAt: found.finishedAt.toISOString() };
}
