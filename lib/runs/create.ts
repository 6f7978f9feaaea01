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
const initial = "init";

/**
 * Stores runs with their tasks: the tasks first, held so that no worker takes one, then the runs, then the release. The
 * run is what makes its tasks visible, so a creation that is cut short leaves nothing on any page, and doing it again
 * with the same ids completes it. Returns how many were not complete before.
 */
export async function createRuns(
  scope: WorkspaceScope,
  runs: RunWithTasks[],
  afterStep: (step: CreationStep) => Promise<void> = async () => {},
): Promise<number> {
  const store = scoped(scope);
  const ids = runs.map(({ run }) => run._id);
  const known = new Set(await stored(scope, ids));
  const missing = runs.filter(({ run }) => !known.has(run._id));
  if (missing.length > 0) {
    const tasks = missing.flatMap((made) =>
      made.tasks.map((task) => ({ changedAt: task.createdAt, ...task, hold: initial })),
    );
    for (let start = 0; start < tasks.length; start += batchSize) {
      await onceEach(() =>
        store.collection(runTasks).insertMany(tasks.slice(start, start + batchSize), { ordered: false }),
      );
    }
    await afterStep("tasks");
    await onceEach(() =>
      store.collection(workflowRuns).insertMany(
        missing.map(({ run }) => run),
        { ordered: false },
      ),
    );
    await afterStep("run");
  }
  // Of a run that was refused, because its request had made another one meanwhile, no task is ever let go.
  const released = await releaseTasks(scope, await stored(scope, ids));
  await afterStep("released");
  return missing.length > 0 ? missing.length : Math.min(released, 1);
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
  const waiting = await tasks.updateMany({ ...held, status: { $ne: "queued" } }, { $set: { hold: null } });
  const rest = await tasks.updateMany(held, { $set: { hold: null } });
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
