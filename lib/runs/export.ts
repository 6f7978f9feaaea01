import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { getRunPast } from "./past";
import { getRun, listRunTasks } from "./queries";
import { nodesOf } from "./snapshot";

/** A run as its page knows it, for other programs: field names are those of the pages' own routes. Null when there is none. */
export async function exportRun(scope: WorkspaceScope, runId: string) {
  const [run, tasks, past, frozen] = await Promise.all([
    getRun(scope, runId),
    listRunTasks(scope, runId),
    getRunPast(scope, runId),
    scoped(scope)
      .collection(workflowRuns)
      .findOne({ _id: runId }, { projection: { runtimeSnapshot: 1 }, maxTimeMS: 5_000 }),
  ]);
  if (!run || !past || !frozen) return null;
  return {
    format: "strata.run.v1",
    exportedAt: new Date().toISOString(),
    run,
    tasks,
    attempts: past.attempts,
    acts: past.acts,
    runtimeSnapshot: { nodes: nodesOf(frozen.runtimeSnapshot) },
  };
}
