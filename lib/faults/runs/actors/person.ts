import "server-only";
import { cancelRun } from "@/lib/runs/control/cancel";
import { retryRun } from "@/lib/runs/control/retry-run";
import { retryFailed, retryTasks } from "@/lib/runs/control/retry-tasks";
import { taskStatus } from "@/lib/runs/status";
import { asking, type Cast, nothingLeft } from "../cast";
import { rest } from "../interleave";

/** Somebody at the page of a run, who sees what it is and wants something of it. */
export async function person(cast: Cast): Promise<void> {
  const { random, wishes, watch } = cast;
  while (!cast.over) {
    await rest(nothingLeft(cast) ? 30_000 : random.whole(50, 1_200));
    const runs = watch.knownRuns;
    const runId = runs[random.whole(0, runs.length - 1)];
    const wish = runId !== undefined && wishes.tries > 0 ? wishOf(cast, runId, random.next()) : null;
    if (!wish) continue;
    wishes.tries--;
    await asking(cast, wish);
  }
}

function wishOf(cast: Cast, runId: string, dice: number): (() => Promise<void>) | null {
  const { scope, wishes, random } = cast;
  if (dice < 0.25) {
    if (wishes.cancels <= 0) return null;
    return async () => {
      if ((await cancelRun(scope, runId)).ok) wishes.cancels--;
    };
  }
  if (dice < 0.33) {
    if (wishes.runs <= 0) return null;
    // Both people have the same form before them: clicked twice, it makes one run.
    return async () => {
      const made = await retryRun(scope, { runId, idempotencyKey: `again ${runId}` });
      if (made.ok) wishes.runs--;
    };
  }
  if (wishes.retries <= 0) return null;
  // Told that something behind it runs, a person may want it all the same.
  const force = random.chance(0.7);
  const targets = chosenTask(cast, runId);
  return async () => {
    const answer = await (dice < 0.75
      ? retryTasks(scope, runId, targets, { force })
      : retryFailed(scope, runId, { force }));
    if (answer.ok) wishes.retries--;
  };
}

/** One that may be retried by the looks of it; now and then any. What has changed since is for the engine to notice. */
function chosenTask({ watch, random }: Cast, runId: string): string[] {
  const tasks = watch.tasksOf(runId);
  const fit = watch.retryable(runId).filter(({ status }) => taskStatus[status].final);
  const from = fit.length > 0 && random.chance(0.85) ? fit : tasks;
  const chosen = from[random.whole(0, from.length - 1)];
  return chosen ? [chosen._id] : [];
}
