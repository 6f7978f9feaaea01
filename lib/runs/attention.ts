import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { holds, marksOf } from "./failures/marks";
import type { AttentionItem } from "./schema";
import { type UnresolvedFailure, unresolvedFailures } from "./unresolved";

const patience = { maxTimeMS: 5_000 };
const lookBackMs = 7 * 24 * 3_600_000;
const mostFailures = 200;
const mostItems = 8;

const failedRunFields = {
  workflowDefinitionId: 1,
  workflowName: 1,
  taskCounts: 1,
  failedTaskIds: 1,
  retryOfRunId: 1,
  createdAt: 1,
  finishedAt: 1,
};
type FailedRun = Pick<WorkflowRun, "_id" | keyof typeof failedRunFields>;

/** Workflows whose last word was a failure, widest blast radius first, then the oldest. */
export async function listAttention(scope: WorkspaceScope): Promise<AttentionItem[]> {
  const runs = scoped(scope).collection(workflowRuns);
  const found: FailedRun[] = await runs
    .find(
      { status: "failed", createdAt: { $gte: new Date(Date.now() - lookBackMs) } },
      { projection: failedRunFields, sort: { createdAt: -1, _id: -1 }, limit: mostFailures, ...patience },
    )
    .toArray();
  const failed = await withoutDecided(scope, found);
  const lastSuccess = await lastSuccessOf(
    scope,
    failed.map((run) => run.workflowDefinitionId),
  );
  const worstFirst = unresolvedFailures(failed, lastSuccess).sort(
    (a, b) =>
      b.latest.taskCounts.skipped - a.latest.taskCounts.skipped || a.firstAt.getTime() - b.firstAt.getTime(),
  );
  const items = worstFirst.slice(0, mostItems);
  const tasks = await firstFailedTasks(
    scope,
    items.map(({ latest }) => latest),
  );
  return items.map((failure) => toItem(scope, failure, tasks));
}

/** What somebody has resolved or ignored, by itself or as a retry of such a run, asks for nobody. */
async function withoutDecided(scope: WorkspaceScope, failed: FailedRun[]): Promise<FailedRun[]> {
  const lineages = failed.flatMap(({ _id, retryOfRunId }) =>
    retryOfRunId === null ? [_id] : [_id, retryOfRunId],
  );
  const marks = await marksOf(scope, "lineage", lineages);
  return failed.filter(({ _id, retryOfRunId, finishedAt, createdAt }) => {
    const mark = marks.get(_id) ?? marks.get(retryOfRunId ?? "");
    return !holds(mark, finishedAt ?? createdAt);
  });
}

/** One step into an index per workflow: a single query for all would walk every success between. */
async function lastSuccessOf(scope: WorkspaceScope, workflowIds: string[]): Promise<Map<string, Date>> {
  const runs = scoped(scope).collection(workflowRuns);
  const found = await Promise.all(
    [...new Set(workflowIds)].map(async (workflowDefinitionId) => {
      const run = await runs.findOne(
        { workflowDefinitionId, status: "succeeded" },
        { projection: { createdAt: 1 }, sort: { createdAt: -1, _id: -1 }, ...patience },
      );
      return run ? [[workflowDefinitionId, run.createdAt] as const] : [];
    }),
  );
  return new Map(found.flat());
}

interface FailedTask {
  _id: string;
  nodeName: string;
  errorMessage: string | null;
}

/** What failed first in each of these runs, by run. */
async function firstFailedTasks(
  scope: WorkspaceScope,
  failed: FailedRun[],
): Promise<Map<string, FailedTask>> {
  const ids = failed.flatMap(({ failedTaskIds }) => failedTaskIds[0] ?? []);
  if (ids.length === 0) return new Map();
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { _id: { $in: ids } },
      {
        projection: { workflowRunId: 1, nodeName: 1, errorMessage: 1 },
        sort: { _id: 1 },
        limit: ids.length,
        ...patience,
      },
    )
    .toArray();
  return new Map(found.map((task) => [task.workflowRunId, task]));
}

function toItem(
  scope: WorkspaceScope,
  { latest, failures }: UnresolvedFailure<FailedRun>,
  tasks: ReadonlyMap<string, FailedTask>,
): AttentionItem {
  const task = tasks.get(latest._id) ?? null;
  const run = `/w/${scope.workspaceSlug}/runs/${latest._id}`;
  return {
    kind: "failed_run",
    subject: latest.workflowName,
    sentence: sentenceOf(task, failures),
    consequence: consequenceOf(latest.taskCounts.skipped),
    at: (latest.finishedAt ?? latest.createdAt).toISOString(),
    href: task ? `${run}?task=${encodeURIComponent(task._id)}` : run,
    action: "Open failure",
  };
}

function sentenceOf(task: FailedTask | null, failures: number): string {
  const often = failures > 1 ? `, ${failures} runs in a row` : "";
  return task
    ? `${task.nodeName} failed${often}: ${firstLine(task.errorMessage)}`
    : `The run failed${often}.`;
}

function firstLine(message: string | null): string {
  const line =
    message
      ?.split("\n")
      .find((text) => text.trim() !== "")
      ?.trim() ?? "no reason was recorded";
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function consequenceOf(skipped: number): string {
  if (skipped === 0) return "nothing waited on it";
  return skipped === 1 ? "1 task was skipped" : `${skipped.toLocaleString("en")} tasks were skipped`;
}
