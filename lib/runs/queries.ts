import "server-only";
import { and, eq } from "drizzle-orm";
import { projects } from "@/drizzle/schema/projects";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { workflowDefinitions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { cacheSourceOf } from "./cache";
import { layoutGraph } from "./layout";
import { everyRun, type RunFilters } from "./list/filters";
import { findRuns } from "./list/find-runs";
import { readRunPage } from "./list-page";
import { runRowFields, taskRowFields, toRunRow, toTaskRow } from "./rows";
import type { RunDetail, RunGraph, RunPage, RunRow, TaskDetail, TaskRow } from "./schema";
import { nodesOf } from "./snapshot";
import { inStartOrder } from "./start-order";

export { listAttention } from "./attention";
export { getHomeFigures } from "./home-figures";

/** A run has at most this many tasks; imports refuse more. */
export const maxTasksOfRun = 10_000;
const patience = { maxTimeMS: 5_000 };

/** A page of the run list; what `filters` does not name is not filtered by. */
export function listRuns(scope: WorkspaceScope, filters: Partial<RunFilters>): Promise<RunPage> {
  return readRunPage(scope, { ...everyRun, ...filters });
}

/** Runs that are not over: running first, then those that are being cancelled, then the queue. */
export async function listRunning(scope: WorkspaceScope, limit: number): Promise<RunRow[]> {
  const size = Math.min(Math.max(1, limit), 100);
  const found = await Promise.all(
    (["running", "cancelling", "queued"] as const).map((status) =>
      findRuns(scope, { ...everyRun, statuses: [status] }, { key: null, direction: "older", limit: size }),
    ),
  );
  return found
    .flatMap(({ runs }) => runs)
    .slice(0, size)
    .map(toRunRow);
}

const runDetailFields = {
  ...runRowFields,
  projectId: 1,
  failedTaskIds: 1,
  artifactCount: 1,
  stdoutLineCount: 1,
  stderrLineCount: 1,
  summary: 1,
  retryOfRunId: 1,
  cancelRequestedAt: 1,
  aggSeq: 1,
};

export async function getRun(scope: WorkspaceScope, runId: string): Promise<RunDetail | null> {
  const asOf = new Date().toISOString();
  const store = scoped(scope);
  const run = await store
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: runDetailFields, ...patience });
  if (!run) return null;
  const [workflow, projectName] = await Promise.all([
    store
      .collection(workflowDefinitions)
      .findOne({ _id: run.workflowDefinitionId }, { projection: { slug: 1 }, ...patience }),
    projectNameOf(scope, run.projectId),
  ]);
  return {
    ...toRunRow(run),
    workflowSlug: workflow?.slug ?? run.workflowName,
    projectName,
    failedTaskIds: run.failedTaskIds,
    artifactCount: run.artifactCount,
    stdoutLineCount: run.stdoutLineCount,
    stderrLineCount: run.stderrLineCount,
    summary: run.summary,
    retryOfRunId: run.retryOfRunId,
    cancelRequestedAt: run.cancelRequestedAt?.toISOString() ?? null,
    aggSeq: run.aggSeq,
    asOf,
  };
}

/** The graph as it was when the run was made, whatever became of its workflow since. */
export async function getRunGraph(scope: WorkspaceScope, runId: string): Promise<RunGraph | null> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { runtimeSnapshot: 1 }, ...patience });
  return run && layoutGraph(nodesOf(run.runtimeSnapshot));
}

/** All tasks of a run. Tasks whose run is not there are those of a half-made one, which nobody sees. */
export async function listRunTasks(scope: WorkspaceScope, runId: string): Promise<TaskRow[]> {
  if (!(await hasRun(scope, runId))) return [];
  const tasks = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId },
      { projection: taskRowFields, sort: { nodeId: 1 }, limit: maxTasksOfRun, ...patience },
    )
    .toArray();
  return inStartOrder(tasks.map(toTaskRow));
}

/** Ids of bound assets that the page of a task names. */
const mostAssetIds = 20;

const taskDetailFields = {
  ...taskRowFields,
  executorConfig: 1,
  summary: 1,
  lastResultPreview: 1,
  skipReason: 1,
  outputArtifactIds: 1,
  assetIds: 1,
  cacheKey: 1,
  deliveries: 1,
  stalls: 1,
};

export async function getTask(
  scope: WorkspaceScope,
  runId: string,
  taskId: string,
): Promise<TaskDetail | null> {
  if (!(await hasRun(scope, runId))) return null;
  const task = await scoped(scope)
    .collection(runTasks)
    .findOne({ _id: taskId, workflowRunId: runId }, { projection: taskDetailFields, ...patience });
  if (!task) return null;
  const [made, cacheSource] = await Promise.all([
    artifactsOf(scope, task.outputArtifactIds),
    cacheSourceOf(scope, task),
  ]);
  const { executorConfig, summary, lastResultPreview, skipReason, assetIds, cacheKey, deliveries, stalls } =
    task;
  return {
    ...toTaskRow(task),
    executorConfig,
    summary,
    lastResultPreview,
    skipReason,
    assetIds: assetIds.slice(0, mostAssetIds),
    assetCount: assetIds.length,
    cacheKey,
    cacheSource,
    deliveries,
    stalls,
    artifacts: made,
  };
}

/** The choices of the workflow filter, by name. */
export async function listWorkflowOptions(scope: WorkspaceScope): Promise<{ id: string; name: string }[]> {
  const found = await scoped(scope)
    .collection(workflowDefinitions)
    .find({}, { projection: { name: 1 }, sort: { updatedAt: -1 }, limit: 500, ...patience })
    .toArray();
  return found
    .map(({ _id, name }) => ({ id: _id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1));
}

async function hasRun(scope: WorkspaceScope, runId: string): Promise<boolean> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { _id: 1 }, ...patience });
  return run !== null;
}

/** An artifact counts once its task names it: what a fenced-out worker left behind is not shown. */
async function artifactsOf(scope: WorkspaceScope, ids: string[]): Promise<TaskDetail["artifacts"]> {
  if (ids.length === 0) return [];
  const found = await scoped(scope)
    .collection(artifacts)
    .find(
      { _id: { $in: ids } },
      { projection: { type: 1, summary: 1, storageRef: 1 }, sort: { _id: 1 }, limit: 200, ...patience },
    )
    .toArray();
  return found.map(({ _id, type, summary, storageRef }) => ({
    id: _id,
    type,
    title: typeof summary.title === "string" ? summary.title : (storageRef.key.split("/").at(-1) ?? type),
    sizeBytes: storageRef.sizeBytes,
  }));
}

async function projectNameOf(scope: WorkspaceScope, projectId: string): Promise<string | null> {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  if (!uuid.test(projectId)) return null;
  const [project] = await inScope(scope, (tx) =>
    tx
      .select({ name: projects.name })
      .from(projects)
      .where(and(eq(projects.id, projectId), eq(projects.workspaceId, scope.workspaceId)))
      .limit(1),
  );
  return project?.name ?? null;
}
