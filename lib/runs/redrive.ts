import "server-only";
import { type PlatformScope, scopeForWorker, type WorkspaceScope } from "@/lib/auth/access";
import { runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";
import { minute, second } from "@/lib/time";
import { reapTask } from "./advance";
import { aggregateRun } from "./aggregate";
import { driveCancel } from "./control/cancel";
import { driveRetry } from "./control/retry-tasks";
import { takeOver } from "./control/slot";
import { settleAfter, settleRun } from "./settle";

/*
 * What a process left half done when it died is found again and gone on with, by any number of reapers at once: leases that
 * ended, operations whose driver was lost, and ends of tasks that nobody drew the conclusion from. Each step is the one the
 * lost process would have taken next, so doing it twice changes nothing. Clocks of processes only say where to look; the
 * database's own decides (I6).
 */

/** How long a running task may take to stop, once it was told to. */
export const cancelGraceMs = minute;
/** A run that is not over and that nobody has touched for this long is looked at. */
const restMs = 10 * second;
/** How far the clocks of processes may be off and still find everything in time. */
const clockSlackMs = 5 * second;
const tasksPerRound = 200;
const runsPerRound = 50;

export interface Redriven {
  reaped: number;
  operations: number;
  runs: number;
}

/** One round over all workspaces. */
export async function redrive(platform: PlatformScope, signal: AbortSignal): Promise<Redriven> {
  return {
    reaped: await reapLost(platform, signal),
    operations: await finishOperations(platform, signal),
    runs: await settleRested(platform, signal),
  };
}

async function reapLost(platform: PlatformScope, signal: AbortSignal): Promise<number> {
  const soon = new Date(Date.now() + clockSlackMs);
  const found = await acrossWorkspaces(platform, runTasks)
    .find(
      { status: "running", leaseExpiresAt: { $lt: soon } },
      { projection: { workspaceId: 1, workflowRunId: 1, nodeId: 1, fence: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ leaseExpiresAt: 1 })
    .limit(tasksPerRound)
    .toArray();
  let reaped = 0;
  for (const { _id: taskId, fence, workspaceId, workflowRunId, nodeId } of found) {
    if (signal.aborted) break;
    const scope = await scopeForWorker(workspaceId);
    if (!scope || (await reapTask(scope, { taskId, fence })) === "alive") continue;
    await settleAfter(scope, workflowRunId, [nodeId]);
    await aggregateRun(scope, workflowRunId);
    reaped++;
  }
  return reaped;
}

/** The same for one run. */
export async function reapRun(scope: WorkspaceScope, runId: string): Promise<void> {
  const running = await scoped(scope)
    .collection(runTasks)
    .find(
      {
        workflowRunId: runId,
        status: "running",
        leaseExpiresAt: { $lt: new Date(Date.now() + clockSlackMs) },
      },
      { projection: { nodeId: 1, fence: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  for (const { _id: taskId, nodeId, fence } of running) {
    if ((await reapTask(scope, { taskId, fence })) === "alive") continue;
    await settleAfter(scope, runId, [nodeId]);
    await aggregateRun(scope, runId);
  }
}

async function finishOperations(platform: PlatformScope, signal: AbortSignal): Promise<number> {
  const found = await acrossWorkspaces(platform, workflowRuns)
    .find(
      { "control.expiresAt": { $lt: new Date(Date.now() - clockSlackMs) } },
      { projection: { workspaceId: 1, control: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ "control.expiresAt": 1 })
    .limit(runsPerRound)
    .toArray();
  let finished = 0;
  for (const run of found) {
    if (signal.aborted) break;
    const scope = await scopeForWorker(run.workspaceId);
    if (scope && (await finishOperation(scope, run))) finished++;
  }
  return finished;
}

/** Goes on with an operation whose driver was lost. */
export async function finishOperation(
  scope: WorkspaceScope,
  { _id: runId, control }: Pick<WorkflowRun, "_id" | "control">,
): Promise<boolean> {
  if (!control || !(await takeOver(scope, runId, control))) return false;
  if (control.kind === "cancel") await driveCancel(scope, runId, control.seq);
  else await driveRetry(scope, runId, { seq: control.seq, targets: control.targets ?? [] });
  return true;
}

async function settleRested(platform: PlatformScope, signal: AbortSignal): Promise<number> {
  const found = await acrossWorkspaces(platform, workflowRuns)
    .find(
      {
        status: { $in: ["queued", "running", "cancelling"] },
        updatedAt: { $lt: new Date(Date.now() - restMs) },
      },
      { projection: { workspaceId: 1, status: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ updatedAt: 1 })
    .limit(runsPerRound)
    .toArray();
  for (const { _id: runId, workspaceId } of found) {
    if (signal.aborted) break;
    const scope = await scopeForWorker(workspaceId);
    if (!scope) continue;
    await bringUpToDate(scope, runId);
  }
  return found.length;
}

/** Draws every conclusion that is open in a run. */
export async function bringUpToDate(scope: WorkspaceScope, runId: string): Promise<void> {
  await forceCancelled(scope, runId);
  await settleRun(scope, runId);
  await aggregateRun(scope, runId);
}

/** Ends running tasks that were told to stop and have not answered for the grace time; their workers are fenced out. */
async function forceCancelled(scope: WorkspaceScope, runId: string): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  const late = await tasks
    .aggregate<{ _id: string; fence: number }>([
      { $match: { workflowRunId: runId, status: "running", cancelRequestedAt: { $ne: null } } },
      {
        $project: {
          fence: 1,
          isLate: { $lt: ["$cancelRequestedAt", { $subtract: ["$$NOW", cancelGraceMs] }] },
        },
      },
      { $match: { isLate: true } },
    ])
    .toArray();
  for (const { _id, fence } of late) {
    await tasks.updateOne({ _id, status: "running", fence }, [
      {
        $set: {
          status: "cancelled",
          fence: { $add: ["$fence", 1] },
          leaseExpiresAt: null,
          finishedAt: "$$NOW",
          durationMs: { $toDouble: { $subtract: ["$$NOW", "$startedAt"] } },
          errorMessage: "The worker did not stop within the grace time.",
        },
      },
    ]);
  }
}
