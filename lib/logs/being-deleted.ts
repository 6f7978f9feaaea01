import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";

/** An id is free again only when nothing of the episode that had it is left: numbers would start anew among its rows. */
export async function refuseWhileDeleted(scope: WorkspaceScope, episodeId: string): Promise<void> {
  const deletion = await scoped(scope)
    .collection(logDeletions)
    .findOne(
      { episodeId, state: { $in: ["purging", "draining"] } },
      { sort: { requestedAt: -1 }, projection: { drainedAt: 1 } },
    );
  if (!deletion) return;
  throw new AppError(
    "conflict",
    `Episode ${episodeId} was deleted. Its id is free again soon after ${deletion.drainedAt.toISOString()}; until then send to another one.`,
  );
}
