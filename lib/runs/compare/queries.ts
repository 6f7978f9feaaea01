import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { recordsOf } from "@/lib/logs/compare/records";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { toRunRow } from "../rows";
import { nodesOf } from "../snapshot";
import { inStartOrder } from "../start-order";
import { compareGraphs } from "./graph";
import type { ComparedRun, ComparedTaskSide, RunChoice, RunChoices, RunComparison } from "./schema";
import {
  type ComparedRunDocument,
  type ComparedTaskDocument,
  findComparedRun,
  findComparedTasks,
  matchTasks,
} from "./tasks";

const patience = { maxTimeMS: 5_000 };
const mostChoices = 50;
/** The whole of it stands with the task. */
const longestError = 300;

/**
 * Two runs by their tasks: how each ended, how long it took and how much it wrote, all from counters. What the logs say is asked
 * for task by task (`compareTasks`). Null when either run is not there.
 */
export async function compareRuns(
  scope: WorkspaceScope,
  runA: string,
  runB: string,
): Promise<RunComparison | null> {
  const [a, b] = await Promise.all([findComparedRun(scope, runA), findComparedRun(scope, runB)]);
  if (!a || !b) return null;
  const [tasksA, tasksB] = await Promise.all([
    findComparedTasks(scope, runA),
    findComparedTasks(scope, runB),
  ]);
  const [recordsA, recordsB] = await Promise.all([recordsOf(scope, tasksA), recordsOf(scope, tasksB)]);
  const pairs = matchTasks(startOrder(tasksA), startOrder(tasksB));
  return {
    a: toRun(a, recordsA),
    b: toRun(b, recordsB),
    graph: compareGraphs(nodesOf(a.runtimeSnapshot), nodesOf(b.runtimeSnapshot)),
    tasks: pairs.map(({ key, name, a: inA, b: inB }) => ({
      key,
      name,
      a: inA && toSide(inA, a, recordsA),
      b: inB && toSide(inB, b, recordsB),
    })),
    asOf: new Date().toISOString(),
  };
}

/** A run as one chooses it. Null when there is no such run. */
export async function findChoice(scope: WorkspaceScope, runId: string): Promise<RunChoice | null> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: choiceFields, ...patience });
  return run && toChoice(run);
}

/** Runs that a run can be compared with. Null when there is no such run. */
export async function listRunChoices(scope: WorkspaceScope, runId: string): Promise<RunChoices | null> {
  const run = await findChoice(scope, runId);
  if (!run) return null;
  const runs = scoped(scope).collection(workflowRuns);
  const others = { workflowDefinitionId: run.workflowId, _id: { $ne: runId } };
  const before = { createdAt: { $lt: new Date(run.createdAt) } };
  const latest = { projection: choiceFields, sort: { createdAt: -1, _id: -1 }, ...patience } as const;
  const [recent, previous, succeededBefore, succeeded] = await Promise.all([
    runs.find(others, { ...latest, limit: mostChoices }).toArray(),
    runs.findOne({ ...others, ...before }, latest),
    runs.findOne({ ...others, ...before, status: "succeeded" }, latest),
    runs.findOne({ ...others, status: "succeeded" }, latest),
  ]);
  const lastSucceeded = succeededBefore ?? succeeded;
  const listed = new Map(recent.map((found) => [found._id, found]));
  for (const found of [previous, lastSucceeded]) if (found) listed.set(found._id, found);
  return {
    runs: [...listed.values()].map(toChoice),
    previous: previous?._id ?? null,
    lastSucceeded: lastSucceeded?._id ?? null,
    suggested: lastSucceeded?._id ?? previous?._id ?? recent[0]?._id ?? null,
  };
}

function startOrder(tasks: ComparedTaskDocument[]): ComparedTaskDocument[] {
  const started = tasks.map((task) => ({
    task,
    nodeId: task.nodeId,
    upstreamNodeIds: task.upstreamNodeIds,
    startedAt: task.startedAt?.toISOString() ?? null,
  }));
  return inStartOrder(started).map(({ task }) => task);
}

const choiceFields = {
  status: 1,
  workflowDefinitionId: 1,
  workflowName: 1,
  workflowVersionNumber: 1,
  createdAt: 1,
  durationMs: 1,
} as const;

function toChoice(run: Pick<ComparedRunDocument, "_id" | keyof typeof choiceFields>): RunChoice {
  return {
    id: run._id,
    status: run.status,
    workflowId: run.workflowDefinitionId,
    workflowName: run.workflowName,
    versionNumber: run.workflowVersionNumber,
    createdAt: run.createdAt.toISOString(),
    durationMs: run.durationMs,
  };
}

function toRun(run: ComparedRunDocument, records: ReadonlyMap<string, LogMetadata>): ComparedRun {
  const rows = [...records.values()].reduce((sum, { totalLogs }) => sum + Number(totalLogs), 0);
  return { ...toRunRow(run), rows };
}

function toSide(
  task: ComparedTaskDocument,
  { startedAt, createdAt }: ComparedRunDocument,
  records: ReadonlyMap<string, LogMetadata>,
): ComparedTaskSide {
  const record = records.get(task.logRef ?? "");
  const after = (moment: Date | null) => moment && moment.getTime() - (startedAt ?? createdAt).getTime();
  return {
    taskId: task._id,
    status: task.status,
    startedMs: after(task.startedAt),
    endedMs: after(task.finishedAt),
    durationMs: task.durationMs,
    attempt: task.attempt,
    errorMessage: task.errorMessage?.slice(0, longestError) ?? null,
    episodeId: record?.episodeId ?? null,
    rows: Number(record?.totalLogs ?? 0n),
    failing: record ? Number(record.levelCounts.error + record.levelCounts.fatal) : 0,
  };
}
