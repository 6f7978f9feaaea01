import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { inStartOrder } from "@/lib/runs/start-order";
import type { ComparedRun, ComparedTaskSide, RunChoices, RunComparison } from "./run-schema";
import {
  type ComparedRunDocument,
  type ComparedTaskDocument,
  comparedRunFields,
  findComparedRun,
  findComparedTasks,
  matchTasks,
  recordsOf,
} from "./run-tasks";

const patience = { maxTimeMS: 5_000 };
const mostChoices = 50;

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
    tasks: pairs.map(({ key, name, a: inA, b: inB }) => ({
      key,
      name,
      a: inA && toSide(inA, recordsA),
      b: inB && toSide(inB, recordsB),
    })),
    asOf: new Date().toISOString(),
  };
}

/** A run as one chooses it. Null when there is no such run. */
export async function findChoice(
  scope: WorkspaceScope,
  runId: string,
): Promise<RunChoices["runs"][number] | null> {
  const run = await findComparedRun(scope, runId);
  return run && toChoice(run);
}

/** Runs that a run can be compared with. Null when there is no such run. */
export async function listRunChoices(scope: WorkspaceScope, runId: string): Promise<RunChoices | null> {
  const run = await findComparedRun(scope, runId);
  if (!run) return null;
  const runs = scoped(scope).collection(workflowRuns);
  const others = { workflowDefinitionId: run.workflowDefinitionId, _id: { $ne: runId } };
  const fields = { projection: comparedRunFields, ...patience };
  const latest = { createdAt: -1, _id: -1 } as const;
  const [recent, before, any] = await Promise.all([
    runs.find(others, { ...fields, sort: latest, limit: mostChoices }).toArray(),
    runs.findOne(
      { ...others, status: "succeeded", createdAt: { $lt: run.createdAt } },
      { ...fields, sort: latest },
    ),
    runs.findOne({ ...others, status: "succeeded" }, { ...fields, sort: latest }),
  ]);
  const listed = new Map(recent.map((found) => [found._id, found]));
  for (const found of [before, any]) if (found) listed.set(found._id, found);
  return {
    runs: [...listed.values()].map(toChoice),
    suggested: (before ?? any)?._id ?? recent[0]?._id ?? null,
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

function toChoice(run: ComparedRunDocument): RunChoices["runs"][number] {
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
  return { ...toChoice(run), rows };
}

function toSide(task: ComparedTaskDocument, records: ReadonlyMap<string, LogMetadata>): ComparedTaskSide {
  const record = records.get(task.logRef ?? "");
  return {
    taskId: task._id,
    status: task.status,
    durationMs: task.durationMs,
    episodeId: record?.episodeId ?? null,
    rows: Number(record?.totalLogs ?? 0n),
    failing: record ? Number(record.levelCounts.error + record.levelCounts.fatal) : 0,
  };
}
