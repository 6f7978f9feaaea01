import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { WorkflowDurations } from "./histogram-schema";

const runsOfEach = 10;
export const mostWorkflows = 100;

/** How long the last successes of each workflow took: one short index range a workflow, whatever the number of rows. */
export async function getWorkflowDurations(
  scope: WorkspaceScope,
  workflowIds: string[],
): Promise<WorkflowDurations> {
  const runs = scoped(scope).collection(workflowRuns);
  const wanted = [...new Set(workflowIds)].slice(0, mostWorkflows);
  const found = await Promise.all(
    wanted.map(async (workflowDefinitionId) => {
      const last = await runs
        .find(
          { workflowDefinitionId, status: "succeeded" },
          {
            projection: { durationMs: 1 },
            sort: { createdAt: -1, _id: -1 },
            limit: runsOfEach,
            maxTimeMS: 5_000,
          },
        )
        .toArray();
      const durations = last.flatMap(({ durationMs }) => durationMs ?? []).reverse();
      return [workflowDefinitionId, durations] as const;
    }),
  );
  return Object.fromEntries(found);
}
