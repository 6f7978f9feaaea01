import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { Coalesced } from "./coalesce";
import { countTasksOf, type Figures } from "./count-tasks";
import { completedTasks, deriveStatus } from "./derive-status";
import type { TaskCounts } from "./schema";
import { runStatus } from "./status";
import { Tallies } from "./tally";

const attempts = 50;
const spacingMs = 250;
/** A run of fewer tasks is counted as quickly as it is tallied. */
const largeRun = 500;

const tallies = new Tallies();
const coalesced = new Coalesced(spacingMs, (error, name) => {
  // Nothing is lost: a run that is not over and rests is brought up to date by whoever looks for such runs.
  console.error(`The figures of run ${name.split(" ").at(-1)} are not up to date yet:`, error);
});

/**
 * Brings a run's figures up to its tasks soon: at once after a pause, else within 250 ms, and always once after the last
 * request. So a fan-out of a thousand tasks is counted four times a second, not a thousand times.
 */
export function requestAggregate(scope: WorkspaceScope, runId: string): void {
  coalesced.request(`${scope.workspaceId} ${runId}`, () => bringUp(scope, runId, tallyIfLarge));
}

/** Until every aggregate that was requested in this process is done. */
export function aggregatesDone(): Promise<void> {
  return coalesced.idle();
}

/**
 * Brings a run's figures and status up to its tasks, now. Several at once are fine: the write is refused when another
 * aggregate came between, and what is read again then is newer. So the last one to write has read after the last transition,
 * and a run is never final while a task is not.
 */
export function aggregateRun(scope: WorkspaceScope, runId: string): Promise<void> {
  return bringUp(scope, runId, countTasksOf);
}

type Count = (scope: WorkspaceScope, runId: string, before: TaskCounts) => Promise<Figures>;

async function bringUp(scope: WorkspaceScope, runId: string, count: Count): Promise<void> {
  const runs = scoped(scope).collection(workflowRuns);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const run = await runs.findOne(
      { _id: runId },
      { projection: { aggSeq: 1, status: 1, control: 1, cancelRequestedAt: 1, taskCounts: 1 } },
    );
    if (!run) return;
    let figures = await count(scope, runId, run.taskCounts);
    // What makes a run final is counted, whatever a tally says.
    if (count !== countTasksOf && runStatus[deriveStatus(figures.counts, run)].final)
      figures = await countTasksOf(scope, runId);
    const { counts, ...totals } = figures;
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

function tallyIfLarge(scope: WorkspaceScope, runId: string, before: TaskCounts): Promise<Figures> {
  const tasks = Object.values(before).reduce((sum, count) => sum + count, 0);
  return tasks < largeRun ? countTasksOf(scope, runId) : tallies.figuresOf(scope, runId);
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
