import "server-only";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { bringUpToDate, clockSlackMs, finishOperation, reapRun } from "@/lib/runs/redrive";
import { runStatus } from "@/lib/runs/status";
import type { Cast } from "../cast";
import { rest } from "../interleave";

/**
 * What finds the half-done work of the dead: the rounds of the worker's job, over the runs of this seed. Like that, it does not
 * bring a run up to date that is over.
 */
export async function reaper(cast: Cast): Promise<void> {
  const { random, watch } = cast;
  while (!cast.over) {
    await rest(random.whole(200, 2_500));
    for (const runId of watch.knownRuns) await round(cast, runId);
  }
}

/** It looks where there may be something to find, which the watch knows for nothing, and now and then everywhere. */
async function round({ scope, random, watch }: Cast, runId: string): Promise<void> {
  const blindly = random.chance(0.1);
  if (blindly || watch.tasksOf(runId).some(({ status }) => status === "running")) await reapRun(scope, runId);
  if (blindly || watch.run(runId)?.control) {
    const run = await scoped(scope)
      .collection(workflowRuns)
      .findOne(
        { _id: runId, "control.expiresAt": { $lt: new Date(Date.now() - clockSlackMs) } },
        { projection: { control: 1 } },
      );
    if (run) await finishOperation(scope, run);
  }
  const run = watch.run(runId);
  if (run && !runStatus[run.status].final && random.chance(0.25)) await bringUpToDate(scope, runId);
}
