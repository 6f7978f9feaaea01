import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { second } from "@/lib/time";

/** Clocks of the server that answers and of the database may be this far apart, and a write may be this late to be seen. */
const slackMs = 5 * second;

/** Whether any run of the workspace was made or has changed since a list was read: one step into an index. */
export async function hasChangedSince(scope: WorkspaceScope, asOf: Date): Promise<boolean> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne(
      { updatedAt: { $gte: new Date(asOf.getTime() - slackMs) } },
      { projection: { _id: 1 }, maxTimeMS: 5_000 },
    );
  return run !== null;
}
