import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { isDuplicate, onlyDuplicates } from "@/lib/mongo/duplicates";
import { scoped } from "@/lib/mongo/scoped";

export type NewRun = Omit<WorkflowRun, "workspaceId">;
export type NewTask = Omit<RunTask, "workspaceId" | "hold">;

/** Where a creation stands; tests stop it there. */
export type CreationStep = "tasks" | "run" | "released";

const batchSize = 1_000;
const initial = "init";

/**
 * Stores a run with its tasks: the tasks first, held so that no worker takes one, then the run, then the release. The
 * run is what makes them visible, so a creation that is cut short leaves nothing on any page, and doing it again with
 * the same ids completes it. Returns whether anything was missing.
 */
export async function createRun(
  scope: WorkspaceScope,
  run: NewRun,
  tasks: NewTask[],
  afterStep: (step: CreationStep) => Promise<void> = async () => {},
): Promise<{ created: boolean }> {
  const store = scoped(scope);
  const present = await store.collection(workflowRuns).findOne({ _id: run._id }, { projection: { _id: 1 } });
  if (!present) {
    await insertTasks(scope, tasks);
    await afterStep("tasks");
    await insertRun(scope, run);
    await afterStep("run");
  }
  const { modifiedCount } = await store
    .collection(runTasks)
    .updateMany({ workflowRunId: run._id, hold: initial }, { $set: { hold: null } });
  await afterStep("released");
  return { created: !present || modifiedCount > 0 };
}

async function insertTasks(scope: WorkspaceScope, tasks: NewTask[]): Promise<void> {
  const collection = scoped(scope).collection(runTasks);
  for (let start = 0; start < tasks.length; start += batchSize) {
    const batch = tasks.slice(start, start + batchSize).map((task) => ({ ...task, hold: initial }));
    try {
      await collection.insertMany(batch, { ordered: false });
    } catch (error) {
      if (!onlyDuplicates(error)) throw error;
    }
  }
}

async function insertRun(scope: WorkspaceScope, run: NewRun): Promise<void> {
  try {
    await scoped(scope).collection(workflowRuns).insertOne(run);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
