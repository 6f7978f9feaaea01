import "server-only";
import { type PlatformScope, scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { reapTask } from "@/lib/runs/advance";
import { aggregateRun } from "@/lib/runs/aggregate";
import { noteOperation, noteStart, takerOf } from "@/lib/runs/audit";
import { bringUpToDate, cancelGraceMs, clockSlackMs, finishOperation } from "@/lib/runs/redrive";
import { settleAfter } from "@/lib/runs/settle";
import { second } from "@/lib/time";
import type { Job } from "./job";

/** A run that is not over and that nobody has touched for this long is looked at. */
const restMs = 10 * second;
/** Whoever starts a run tells it at once; after this long it was left by a process that died. */
const untoldMs = 10 * second;
const tasksPerRound = 200;
const runsPerRound = 50;

/** Finds what lost processes left half done in runs and goes on with it. Any number of workers may do so at once. */
export function redriveJob(): Job {
  return {
    name: "redrive",
    idleMs: 5 * second,
    run: async (signal) => {
      const { reaped, operations } = await redrive(workerPlatformScope(), signal);
      return reaped === tasksPerRound || operations === runsPerRound;
    },
  };
}

export interface Redriven {
  reaped: number;
  operations: number;
  forced: number;
  runs: number;
  told: number;
}

/** One round over all workspaces. */
export async function redrive(platform: PlatformScope, signal: AbortSignal): Promise<Redriven> {
  return {
    reaped: await reapLost(platform, signal),
    operations: await finishOperations(platform, signal),
    forced: await forceLate(platform, signal),
    runs: await settleRested(platform, signal),
    told: await tellStarts(platform, signal),
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
    if (!scope || !run.control) continue;
    // Its driver may have died before it was written down who asked for it; a second time it changes nothing.
    await noteOperation(scope, run._id, run.control, takerOf(run.control));
    if (await finishOperation(scope, run)) finished++;
  }
  return finished;
}

/** Runs with tasks that were told to stop and have not answered for the grace time, also where other tasks keep the run busy. */
async function forceLate(platform: PlatformScope, signal: AbortSignal): Promise<number> {
  const told = new Date(Date.now() - cancelGraceMs + clockSlackMs);
  const found = await acrossWorkspaces(platform, runTasks)
    .find(
      { status: "running", cancelRequestedAt: { $lt: told } },
      { projection: { workspaceId: 1, workflowRunId: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ cancelRequestedAt: 1 })
    .limit(tasksPerRound)
    .toArray();
  const workspaceOf = new Map(found.map(({ workflowRunId, workspaceId }) => [workflowRunId, workspaceId]));
  for (const [runId, workspaceId] of workspaceOf) {
    if (signal.aborted) break;
    const scope = await scopeForWorker(workspaceId);
    if (scope) await bringUpToDate(scope, runId);
  }
  return workspaceOf.size;
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

/** Starts that are not in the trail, because whoever asked died between the run and the entry. */
async function tellStarts(platform: PlatformScope, signal: AbortSignal): Promise<number> {
  const found = await acrossWorkspaces(platform, workflowRuns)
    .find(
      { "untold.at": { $lt: new Date(Date.now() - untoldMs) } },
      { projection: { workspaceId: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ "untold.at": 1 })
    .limit(runsPerRound)
    .toArray();
  for (const { _id: runId, workspaceId } of found) {
    if (signal.aborted) break;
    const scope = await scopeForWorker(workspaceId);
    if (scope) await noteStart(scope, runId);
  }
  return found.length;
}
