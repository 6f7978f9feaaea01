import "server-only";
import { type PlatformScope, scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { initial } from "@/lib/runs/create";
import { clearUnmade, unmadeAfterMs } from "@/lib/runs/unmade";
import { minute } from "@/lib/time";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

const tasksPerRound = 1_000;

/** Clears away the tasks of runs that were begun and never came to be. */
export function unmadeRunsJob(): Job {
  return {
    name: "unmade-runs",
    idleMs: 10 * minute,
    run: async (signal) => {
      const deleted = await clearUnmadeRuns(workerPlatformScope(), signal);
      if (deleted > 0) logEvent("info", "tasks of runs that never came to be deleted", { deleted });
      return deleted >= tasksPerRound;
    },
  };
}

export async function clearUnmadeRuns(
  platform: PlatformScope,
  signal: AbortSignal,
  before = new Date(Date.now() - unmadeAfterMs),
): Promise<number> {
  const found = await acrossWorkspaces(platform, runTasks)
    .find(
      { hold: initial, heldSince: { $lt: before } },
      { projection: { workspaceId: 1, workflowRunId: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ heldSince: 1 })
    .limit(tasksPerRound)
    .toArray();
  const workspaceOf = new Map(found.map(({ workflowRunId, workspaceId }) => [workflowRunId, workspaceId]));
  let deleted = 0;
  await eachInTurn(workspaceOf, signal, async ([runId, workspaceId]) => {
    const scope = await scopeForWorker(workspaceId);
    if (scope) deleted += await clearUnmade(scope, runId, before);
  });
  return deleted;
}
