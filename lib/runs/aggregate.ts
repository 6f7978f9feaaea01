import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { Coalesced } from "./coalesce";
import { completedTasks, deriveStatus, noTasks } from "./derive-status";
import { runStatus, type TaskStatus } from "./status";

interface StatusGroup {
  _id: TaskStatus;
  tasks: number;
  stdout: number;
  stderr: number;
  artifacts: number;
}

const attempts = 50;
const spacingMs = 250;

const coalesced = new Coalesced(spacingMs, (error, name) => {
  // Nothing is lost: a run that is not over and rests is brought up to date by whoever looks for such runs.
  console.error(`The figures of run ${name.split(" ").at(-1)} are not up to date yet:`, error);
});

/**
 * Brings a run's figures up to its tasks soon: at once after a pause, else within 250 ms, and always once after the last
 * request. So a fan-out of a thousand tasks is counted four times a second, not a thousand times.
 */
export function requestAggregate(scope: WorkspaceScope, runId: string): void {
  coalesced.request(`${scope.workspaceId} ${runId}`, () => aggregateRun(scope, runId));
}

/** Until every aggregate that was requested in this process is done. */
export function aggregatesDone(): Promise<void> {
  return coalesced.idle();
}

/**
 * Brings a run's figures and status up to its tasks. Called after each transition of a task; several at once are fine:
 * the write is refused when another aggregate came between, and what is read again then is newer. So the last one to
 * write has read after the last transition, and a run is never final while a task is not.
 */
export async function aggregateRun(scope: WorkspaceScope, runId: string): Promise<void> {
  const runs = scoped(scope).collection(workflowRuns);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const run = await runs.findOne(
      { _id: runId },
      { projection: { aggSeq: 1, status: 1, control: 1, cancelRequestedAt: 1 } },
    );
    if (!run) return;
    const { counts, ...totals } = await countRun(scope, runId);
    const failedTaskIds = counts.failed === 0 ? [] : await failedTasksOf(scope, runId);
    const status = deriveStatus(counts, run);
    const { modifiedCount } = await runs.updateOne({ _id: runId, aggSeq: run.aggSeq }, [
      {
        $set: {
          ...totals,
          taskCounts: { $literal: counts },
          completedTaskCount: completedTasks(counts),
          failedTaskIds: { $literal: failedTaskIds },
          status: { $literal: status },
          updatedAt: "$$NOW",
          ...timesOf(status !== "queued", runStatus[status].final),
          aggSeq: { $add: ["$aggSeq", 1] },
        },
      },
      { $set: { durationMs: durationOf(runStatus[status].final) } },
    ]);
    if (modifiedCount > 0) return;
  }
  throw new Error(`The figures of run ${runId} changed ${attempts} times while they were read`);
}

async function countRun(scope: WorkspaceScope, runId: string) {
  const groups = await scoped(scope)
    .collection(runTasks)
    .aggregate<StatusGroup>([
      { $match: { workflowRunId: runId } },
      {
        $group: {
          _id: "$status",
          tasks: { $sum: 1 },
          stdout: { $sum: "$stdoutCount" },
          stderr: { $sum: "$stderrCount" },
          artifacts: { $sum: { $size: "$outputArtifactIds" } },
        },
      },
    ])
    .toArray();
  const counts = noTasks();
  const totals = { artifactCount: 0, stdoutLineCount: 0, stderrLineCount: 0 };
  for (const group of groups) {
    counts[group._id] = Number(group.tasks);
    totals.artifactCount += Number(group.artifacts);
    totals.stdoutLineCount += Number(group.stdout);
    totals.stderrLineCount += Number(group.stderr);
  }
  return { counts, ...totals };
}

/** In time order: the first is what a failed run opens on. */
async function failedTasksOf(scope: WorkspaceScope, runId: string): Promise<string[]> {
  const failed = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId, status: "failed" },
      { projection: { _id: 1 }, sort: { finishedAt: 1, _id: 1 }, limit: 1_000 },
    )
    .toArray();
  return failed.map((task) => task._id);
}

/** The database's clock, as everywhere in the state machine. A run that goes on after a retry has not finished. */
function timesOf(started: boolean, final: boolean) {
  return {
    startedAt: started ? { $ifNull: ["$startedAt", "$$NOW"] } : "$startedAt",
    finishedAt: final ? { $ifNull: ["$finishedAt", "$$NOW"] } : null,
  };
}

function durationOf(final: boolean) {
  return final ? { $toDouble: { $subtract: ["$finishedAt", "$startedAt"] } } : null;
}
