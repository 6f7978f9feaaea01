import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { positionText } from "./live/position";
import { getRun, maxTasksOfRun } from "./queries";
import type { RunState } from "./query-options";
import { taskRowFields, toTaskRow } from "./rows";
import { inStartOrder } from "./start-order";

/** A run with all its tasks, and the position from which its live events go on; null when there is no such run. */
export async function getRunState(scope: WorkspaceScope, runId: string): Promise<RunState | null> {
  // The run is read first: its counts may be older than the tasks beside it, never a finished run with busy tasks.
  const run = await getRun(scope, runId);
  if (!run) return null;
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId },
      {
        projection: { ...taskRowFields, changedAt: 1 },
        sort: { nodeId: 1 },
        limit: maxTasksOfRun,
        maxTimeMS: 5_000,
      },
    )
    .toArray();
  let changedAtMs = 0;
  for (const { changedAt } of found) changedAtMs = Math.max(changedAtMs, changedAt?.getTime() ?? 0);
  const seq = positionText({ changedAtMs, aggSeq: run.aggSeq });
  return { run, tasks: inStartOrder(found.map(toTaskRow)), seq };
}
