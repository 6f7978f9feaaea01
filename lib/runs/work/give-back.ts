import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { Held } from "../advance";

const wanted = { $ne: ["$cancelRequestedAt", null] };

/**
 * A worker that stops puts a task back into the queue, so that nobody waits for its lease to run out; one that somebody wants
 * cancelled ends instead. Like the reaper's taking it, but said by its holder: it is no sign of a task that takes its workers with
 * it, so no stall is counted. The fence grows with the status, and what the worker still sends counts for nothing (I1).
 */
export async function giveBackTask(
  scope: WorkspaceScope,
  { taskId, fence }: Held,
): Promise<"given_back" | "lost"> {
  const { modifiedCount } = await scoped(scope)
    .collection(runTasks)
    .updateOne({ _id: taskId, status: "running", fence }, [
      {
        $set: {
          status: { $cond: [wanted, "cancelled", "queued"] },
          queuedAt: { $cond: [wanted, "$queuedAt", "$$NOW"] },
          finishedAt: { $cond: [wanted, "$$NOW", null] },
          fence: { $add: ["$fence", 1] },
          leaseExpiresAt: null,
          changedAt: "$$NOW",
        },
      },
    ]);
  return modifiedCount > 0 ? "given_back" : "lost";
}
