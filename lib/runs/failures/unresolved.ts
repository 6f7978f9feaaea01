import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { day } from "@/lib/time";
import { firstLine } from "./first-line";
import { inputsKey, type Lineage, lineagesOf, rootOf } from "./lineages";
import { holds, marksOf } from "./marks";
import type { UnresolvedFailures, UnresolvedRow } from "./schema";

const patience = { maxTimeMS: 5_000 };
const days = 30;
/** Failed runs that are looked at, the newest. */
const mostFailed = 500;
/** Later runs of a workflow among which a success is looked for. */
const mostLater = 100;
/** Retries of retries further up than this are taken for a beginning. */
const mostSteps = 20;

const fields = {
  workflowDefinitionId: 1,
  workflowName: 1,
  workflowVersionNumber: 1,
  inputBindings: 1,
  retryOfRunId: 1,
  failedTaskIds: 1,
  taskCounts: 1,
  status: 1,
  createdAt: 1,
  finishedAt: 1,
} as const;
type Run = Pick<WorkflowRun, "_id" | keyof typeof fields>;

/**
 * Failures of the last thirty days that nothing has made good: one for each lineage of runs. A later success of the same
 * lineage hides it, and so does one of the same workflow with the same inputs; a decision of a person does as long as it holds.
 */
export async function listUnresolved(scope: WorkspaceScope): Promise<UnresolvedFailures> {
  const now = new Date();
  const found: Run[] = await scoped(scope)
    .collection(workflowRuns)
    .find(
      { status: "failed", createdAt: { $gte: new Date(now.getTime() - days * day) } },
      { projection: fields, sort: { createdAt: -1, _id: -1 }, limit: mostFailed + 1, ...patience },
    )
    .toArray();
  const failed = found.slice(0, mostFailed);
  const later = await laterRuns(scope, failed);
  const parents = await parentsOf(scope, [...failed, ...later]);
  const unresolved = lineagesOf(failed, parents).filter(
    (lineage) => !later.some((run) => run.status === "succeeded" && makesGood(run, lineage, parents)),
  );
  const marks = await marksOf(
    scope,
    "lineage",
    unresolved.map(({ root }) => root),
  );
  const tasks = await firstFailedTasks(scope, unresolved);
  const rows = unresolved
    .map((lineage): UnresolvedRow => {
      const row = toRow(lineage, later, parents, tasks);
      const mark = marks.get(lineage.root);
      return { ...row, mark: holds(mark, new Date(row.lastAt)) ? mark : null };
    })
    .sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
  return {
    open: rows.filter((row) => row.mark === null),
    closed: rows.filter((row) => row.mark !== null),
    more: found.length > mostFailed,
    days,
    asOf: now.toISOString(),
  };
}

/** Runs of the workflows that failed, since they did, that succeeded or are on their way: one index range a workflow and status. */
async function laterRuns(scope: WorkspaceScope, failed: Run[]): Promise<Run[]> {
  const since = new Map<string, Date>();
  for (const { workflowDefinitionId, createdAt } of failed) {
    const known = since.get(workflowDefinitionId);
    if (!known || createdAt < known) since.set(workflowDefinitionId, createdAt);
  }
  const runs = scoped(scope).collection(workflowRuns);
  const found = await Promise.all(
    [...since].flatMap(([workflowDefinitionId, createdAt]) =>
      (["succeeded", "running", "queued"] as const).map((status) =>
        runs
          .find(
            { workflowDefinitionId, status, createdAt: { $gte: createdAt } },
            { projection: fields, sort: { createdAt: -1, _id: -1 }, limit: mostLater, ...patience },
          )
          .toArray(),
      ),
    ),
  );
  return found.flat();
}

/** Whose retry each run is, up to the first ones. */
async function parentsOf(scope: WorkspaceScope, runs: Run[]): Promise<Map<string, string | null>> {
  const parents = new Map(runs.map((run) => [run._id, run.retryOfRunId]));
  for (let step = 0; step < mostSteps; step++) {
    const unknown = [...new Set(parents.values())].flatMap((id) =>
      id !== null && !parents.has(id) ? [id] : [],
    );
    if (unknown.length === 0) break;
    const found = await scoped(scope)
      .collection(workflowRuns)
      .find(
        { _id: { $in: unknown } },
        { projection: { retryOfRunId: 1 }, sort: { _id: 1 }, limit: unknown.length, ...patience },
      )
      .toArray();
    for (const id of unknown) parents.set(id, null);
    for (const run of found) parents.set(run._id, run.retryOfRunId);
  }
  return parents;
}

function makesGood(run: Run, { root, failed }: Lineage<Run>, parents: Map<string, string | null>): boolean {
  const last = failed.at(-1);
  if (!last || run.createdAt < last.createdAt) return false;
  if (rootOf(run._id, parents) === root) return true;
  return (
    run.workflowDefinitionId === last.workflowDefinitionId &&
    inputsKey(run.inputBindings) === inputsKey(last.inputBindings)
  );
}

type FailedTasks = Map<string, { _id: string; nodeName: string; errorMessage: string | null }>;

async function firstFailedTasks(scope: WorkspaceScope, lineages: Lineage<Run>[]): Promise<FailedTasks> {
  const ids = lineages.flatMap(({ failed }) => failed.at(-1)?.failedTaskIds[0] ?? []);
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { _id: { $in: ids } },
      { projection: { nodeName: 1, errorMessage: 1 }, sort: { _id: 1 }, limit: mostFailed, ...patience },
    )
    .toArray();
  return new Map(found.map((task) => [task._id, task]));
}

function toRow(
  { root, failed }: Lineage<Run>,
  later: Run[],
  parents: Map<string, string | null>,
  tasks: FailedTasks,
): Omit<UnresolvedRow, "mark"> {
  const [first, last] = [failed.at(0), failed.at(-1)];
  if (!first || !last) throw new Error(`The lineage ${root} holds no failed run`);
  const task = tasks.get(last.failedTaskIds[0] ?? "");
  const retry = later.find((run) => run.status !== "succeeded" && rootOf(run._id, parents) === root);
  return {
    lineage: root,
    runId: last._id,
    workflowId: last.workflowDefinitionId,
    workflowName: last.workflowName,
    versionNumber: last.workflowVersionNumber,
    task: task ? { id: task._id, name: task.nodeName } : null,
    error: firstLine(task?.errorMessage ?? null),
    since: (first.finishedAt ?? first.createdAt).toISOString(),
    lastAt: (last.finishedAt ?? last.createdAt).toISOString(),
    attempts: failed.length,
    skipped: last.taskCounts.skipped,
    retry: retry ? { runId: retry._id, status: retry.status } : null,
  };
}
