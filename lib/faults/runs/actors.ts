import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { type Completion, completeTask, heartbeatTask } from "@/lib/runs/advance";
import { aggregateRun } from "@/lib/runs/aggregate";
import { claimNext } from "@/lib/runs/claim";
import { cancelRun } from "@/lib/runs/control/cancel";
import { retryTasks } from "@/lib/runs/control/retry-tasks";
import { bringUpToDate, clockSlackMs, finishOperation, reapRun } from "@/lib/runs/redrive";
import { settleAfter } from "@/lib/runs/settle";
import { taskStatus } from "@/lib/runs/status";
import type { Random } from "@/lib/seeded-random";
import { rest, restUntilNews } from "./interleave";
import type { Watch } from "./watch";

/** Who takes part in a seed, and what they are still to do. */
export interface Cast {
  readonly scope: WorkspaceScope;
  readonly random: Random;
  readonly watch: Watch;
  readonly runId: string;
  /** What people still want, and how often they try at most. */
  wishes: { retries: number; cancels: number; tries: number };
  /** People whose wish is being carried out. */
  asking: number;
  /** Some workers go on although they are told to stop. */
  readonly mayHang: boolean;
  /** Nobody starts anything new. */
  over: boolean;
}

/** Makes the run, again and again until somebody got to the end of it. */
export async function create({ watch, runId }: Cast, make: () => Promise<unknown>): Promise<void> {
  await make();
  const held = watch.tasksOf(runId).find(({ hold }) => hold === "init");
  if (held) watch.violate("creation", `${held.nodeId} is held after its run was made`);
}

/** One task from its claim to what follows from its end. Some workers do not hear that they are to stop. */
export async function worker(cast: Cast, name: string): Promise<void> {
  const { scope, runId, random, watch } = cast;
  const task = await claimNext(scope, { executors: [runId], workerId: name });
  if (!task) return restUntilNews(1_000);
  const held = { taskId: task._id, fence: task.fence };
  const deaf = cast.mayHang && random.chance(0.1);
  let told: "go_on" | "cancel" | "lost" = "go_on";
  for (let beat = random.whole(0, 4); beat > 0 || (deaf && told === "cancel"); beat--) {
    await rest(deaf ? 8_000 : random.whole(0, 200));
    told = await heartbeatTask(scope, held);
    if (told === "lost" || (told === "cancel" && !deaf)) break;
  }
  // Most notice; one that does not must be able to do no harm.
  if (told === "lost" && random.chance(0.7)) return;
  const outcome = told === "cancel" ? "cancelled" : random.chance(0.75) ? "succeeded" : "failed";
  const end = endOf(task, outcome);
  const answer = await completeTask(scope, held, end);
  watch.told(held, answer);
  // The answer was lost on its way, so it says the same once more.
  if (random.chance(0.15)) watch.told(held, await completeTask(scope, held, end));
  if (answer === "fenced_out") return;
  await settleAfter(scope, runId, [task.nodeId]);
  await aggregateRun(scope, runId);
}

function endOf({ _id, fence }: RunTask, outcome: Completion["outcome"]): Completion {
  return {
    outcome,
    errorMessage: outcome === "failed" ? `it failed at ${fence}` : null,
    stdoutCount: fence,
    stderrCount: 1,
    outputArtifactIds: outcome === "succeeded" ? [`${_id}:${fence}:result`] : [],
    lastResultPreview: { fence },
  };
}

/** Somebody at the page of the run, who sees what it is and wants something of it. */
export async function person(cast: Cast): Promise<void> {
  const { random, wishes } = cast;
  await rest(random.whole(50, 1_200));
  if (wishes.tries <= 0) return restUntilNews(60_000);
  const wish = wishOf(cast, random.next());
  if (!wish) return;
  wishes.tries--;
  cast.asking++;
  try {
    await wish();
  } finally {
    cast.asking--;
  }
}

function wishOf(cast: Cast, dice: number): (() => Promise<void>) | null {
  const { scope, runId, wishes } = cast;
  if (dice < 0.25) {
    if (wishes.cancels <= 0) return null;
    return async () => {
      if ((await cancelRun(scope, runId)).ok) wishes.cancels--;
    };
  }
  const targets = dice < 0.75 ? chosenTask(cast) : failedTasks(cast);
  if (wishes.retries <= 0 || targets.length === 0) return null;
  return async () => {
    if ((await retryTasks(scope, runId, targets)).ok) wishes.retries--;
  };
}

/** One that may be retried by the looks of it; now and then any. What has changed since is for the engine to notice. */
function chosenTask({ watch, runId, random }: Cast): string[] {
  const tasks = watch.tasksOf(runId);
  const succeeded = new Set(tasks.flatMap(({ nodeId, status }) => (status === "succeeded" ? nodeId : [])));
  const fit = tasks.filter(
    ({ status, upstreamNodeIds }) =>
      taskStatus[status].final && upstreamNodeIds.every((upstream) => succeeded.has(upstream)),
  );
  const from = fit.length > 0 && random.chance(0.85) ? fit : tasks;
  const chosen = from[random.whole(0, from.length - 1)];
  return chosen ? [chosen._id] : [];
}

function failedTasks({ watch, runId }: Cast): string[] {
  return watch.tasksOf(runId).flatMap(({ _id, status }) => (status === "failed" ? _id : []));
}

/** What finds the half-done work of the dead. */
export async function reaper({ scope, runId, random }: Cast): Promise<void> {
  await rest(random.whole(100, 1_500));
  await reapRun(scope, runId);
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne(
      { _id: runId, "control.expiresAt": { $lt: new Date(Date.now() - clockSlackMs) } },
      { projection: { control: 1 } },
    );
  if (run) await finishOperation(scope, run);
  if (random.chance(0.3)) await bringUpToDate(scope, runId);
}
