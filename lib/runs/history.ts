import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { minute } from "@/lib/time";
import { durationFigures } from "./duration-figures";
import type { TaskHistory, WorkflowHistory } from "./history-schema";

/** Runs that count as a node's own past. */
const runsLookedAt = 30;
/** Tasks read at most: of a workflow with ten thousand tasks, the last six runs. */
const mostTasks = 60_000;
const keptMs = minute;
const keptAtMost = 200;
const patience = { maxTimeMS: 5_000 };

/** Durations of each node, newest run first. */
interface Durations {
  runs: number;
  byNode: Map<string, { runId: string; durationMs: number }[]>;
}

/**
 * How long the nodes of a workflow took in its last runs that succeeded. `before` leaves out runs made later: a run is judged
 * by what was known when it was made. Read once a minute in a process, however many pages ask.
 */
export async function getWorkflowHistory(
  scope: WorkspaceScope,
  workflowId: string,
  before: Date | null = null,
): Promise<WorkflowHistory> {
  const { runs, byNode } = await durationsOf(scope, workflowId, before);
  const nodes: WorkflowHistory["nodes"] = {};
  for (const [nodeId, durations] of byNode) {
    const figures = durationFigures(durations.map(({ durationMs }) => durationMs));
    if (figures) nodes[nodeId] = figures;
  }
  return { runs, nodes };
}

/** The past of the run's own nodes; null when there is no such run. */
export async function getRunHistory(scope: WorkspaceScope, runId: string): Promise<WorkflowHistory | null> {
  const run = await runOf(scope, runId);
  return run && getWorkflowHistory(scope, run.workflowDefinitionId, run.createdAt);
}

/** The past of one node of a run; null when there is no such run. */
export async function getTaskHistory(
  scope: WorkspaceScope,
  runId: string,
  nodeId: string,
): Promise<TaskHistory | null> {
  const run = await runOf(scope, runId);
  if (!run) return null;
  const { byNode } = await durationsOf(scope, run.workflowDefinitionId, run.createdAt);
  const durations = byNode.get(nodeId) ?? [];
  return { durations, node: durationFigures(durations.map(({ durationMs }) => durationMs)) };
}

function runOf(scope: WorkspaceScope, runId: string) {
  return scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { workflowDefinitionId: 1, createdAt: 1 }, ...patience });
}

const kept = new Map<string, { until: number; durations: Promise<Durations> }>();

function durationsOf(scope: WorkspaceScope, workflowId: string, before: Date | null): Promise<Durations> {
  const key = JSON.stringify([scope.workspaceId, workflowId, before]);
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.durations;
  const durations = readDurations(scope, workflowId, before);
  kept.delete(key);
  kept.set(key, { until: Date.now() + keptMs, durations });
  // A failure is not remembered: the next one to ask asks the store.
  durations.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= keptAtMost) break;
    kept.delete(oldest);
  }
  return durations;
}

async function readDurations(
  scope: WorkspaceScope,
  workflowId: string,
  before: Date | null,
): Promise<Durations> {
  const store = scoped(scope);
  const found = await store
    .collection(workflowRuns)
    .find(
      {
        workflowDefinitionId: workflowId,
        status: "succeeded",
        ...(before && { createdAt: { $lt: before } }),
      },
      {
        projection: { "taskCounts.succeeded": 1 },
        sort: { createdAt: -1, _id: -1 },
        limit: runsLookedAt,
        ...patience,
      },
    )
    .toArray();
  const runIds = withinBudget(found);
  const byNode: Durations["byNode"] = new Map();
  if (runIds.length === 0) return { runs: 0, byNode };
  const groups = await store
    .collection(runTasks)
    .aggregate<{ _id: string; durations: { runId: string; durationMs: number }[] }>(
      [
        {
          $match: {
            workflowRunId: { $in: runIds },
            status: "succeeded",
            // What came from the cache says nothing about how long the work takes.
            cacheHit: false,
            durationMs: { $ne: null },
          },
        },
        {
          $group: {
            _id: "$nodeId",
            durations: { $push: { runId: "$workflowRunId", durationMs: "$durationMs" } },
          },
        },
      ],
      patience,
    )
    .toArray();
  const age = new Map(runIds.map((runId, index) => [runId, index]));
  for (const { _id, durations } of groups) {
    durations.sort((a, b) => (age.get(a.runId) ?? 0) - (age.get(b.runId) ?? 0));
    byNode.set(
      _id,
      durations.map(({ runId, durationMs }) => ({ runId, durationMs: Number(durationMs) })),
    );
  }
  return { runs: runIds.length, byNode };
}

/** The newest runs whose tasks can be read at once; always one. */
function withinBudget(runs: { _id: string; taskCounts: { succeeded: number } }[]): string[] {
  const chosen: string[] = [];
  let tasks = 0;
  for (const { _id, taskCounts } of runs) {
    tasks += taskCounts.succeeded;
    if (chosen.length > 0 && tasks > mostTasks) break;
    chosen.push(_id);
  }
  return chosen;
}
