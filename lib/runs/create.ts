import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { insertedBesideDuplicates } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";

export type NewRun = Omit<WorkflowRun, "workspaceId">;
export type NewTask = Omit<RunTask, "workspaceId" | "hold">;

export interface RunWithTasks {
  run: NewRun;
  tasks: NewTask[];
}

/** Where a creation stands; tests stop it there. */
export type CreationStep = "tasks" | "run" | "released";

const batchSize = 1_000;
export const initial = "init";

/**
 * Stores runs with their tasks: the tasks first, held so that no worker takes one, then the runs, then the release. The
 * run is what makes its tasks visible, so a creation that is cut short leaves nothing on any page, and doing it again
 * with the same ids completes it; what nobody completes is cleared away (`unmade.ts`). Returns how many were not complete before.
 */
export async function createRuns(
  scope: WorkspaceScope,
  runs: RunWithTasks[],
  afterStep: (step: CreationStep) => Promise<void> = async () => {},
): Promise<number> {
  const ids = runs.map(({ run }) => run._id);
  const known = await stored(scope, ids);
  const missing = runs.filter(({ run }) => !known.includes(run._id));
  // Of one that was killed before its last step.
  const released = known.length > 0 ? await releaseTasks(scope, known) : 0;
  if (missing.length > 0) await makeRuns(scope, missing, afterStep);
  await afterStep("released");
  return missing.length > 0 ? missing.length : Math.min(released, 1);
}

async function makeRuns(
  scope: WorkspaceScope,
  runs: RunWithTasks[],
  afterStep: (step: CreationStep) => Promise<void>,
): Promise<void> {
  await storeTasks(scope, runs);
  await afterStep("tasks");
  await onceEach(() =>
    scoped(scope)
      .collection(workflowRuns)
      .insertMany(
        runs.map(({ run }) => run),
        { ordered: false },
      ),
  );
  await afterStep("run");
  const ids = await stored(
    scope,
    runs.map(({ run }) => run._id),
  );
  // Of a run that was refused, because its request had made another one meanwhile, no task is ever let go.
  const made = runs.filter(({ run }) => ids.includes(run._id));
  const size = made.reduce((sum, { tasks }) => sum + tasks.length, 0);
  if ((await releaseTasks(scope, ids)) === size) return;
  // Somebody else has let them go, or this process slept so long that they were cleared away: a run is never short of tasks.
  const found = await scoped(scope)
    .collection(runTasks)
    .countDocuments({ workflowRunId: { $in: ids } });
  if (found === size) return;
  await storeTasks(scope, made);
  await releaseTasks(scope, ids);
}

async function storeTasks(scope: WorkspaceScope, runs: RunWithTasks[]): Promise<void> {
  const heldSince = new Date();
  const tasks = runs.flatMap((made) =>
    made.tasks.map((task) => ({ changedAt: task.createdAt, ...task, heldSince, hold: initial })),
  );
  for (let start = 0; start < tasks.length; start += batchSize) {
    await onceEach(() =>
      scoped(scope)
        .collection(runTasks)
        .insertMany(tasks.slice(start, start + batchSize), { ordered: false }),
    );
  }
}

async function stored(scope: WorkspaceScope, runIds: string[]): Promise<string[]> {
  const runs = await scoped(scope)
    .collection(workflowRuns)
    .find({ _id: { $in: runIds } }, { projection: { _id: 1 } })
    .toArray();
  return runs.map(({ _id }) => _id);
}

/**
 * The last step of a creation, for one that was cut short before it. Those that wait are let go before those that a worker may
 * take: a write to many tasks is no single moment, and a task that ended while what waits for it was still held would be
 * followed by nobody. Returns how many tasks were still held.
 */
export async function releaseTasks(scope: WorkspaceScope, runIds: string[]): Promise<number> {
  const tasks = scoped(scope).collection(runTasks);
  const held = { workflowRunId: { $in: runIds }, hold: initial };
  const letGo = { $set: { hold: null }, $unset: { heldSince: "" } } as const;
  const waiting = await tasks.updateMany({ ...held, status: { $ne: "queued" } }, letGo);
  const rest = await tasks.updateMany(held, letGo);
  return waiting.modifiedCount + rest.modifiedCount;
}

/** What an earlier attempt wrote stays as it is: the ids follow from the content. */
async function onceEach(insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (insertedBesideDuplicates(error) === null) throw error;
  }
}
