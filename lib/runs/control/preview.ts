import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { countTasks } from "../derive-status";
import { longestChain } from "../eta";
import { getRunHistory } from "../history";
import type { TaskCounts } from "../schema";
import { taskStatus } from "../status";
import { type Affected, readRunGraph, resetOf, retryableFailures } from "./affected";
import { noSuchRun, type Refused } from "./refusal";
import { whyNotRetry } from "./why-not-retry";

/** What an operation on a run would touch, as the run is now. Nothing is changed by looking. */
export interface ControlPreview {
  ok: true;
  /** In the order of the graph; at most `listedAtMost` of them. */
  tasks: { id: string; nodeId: string; name: string; status: Affected["status"]; chosen: boolean }[];
  /** All of them by the status they have now. */
  counts: TaskCounts;
  total: number;
  /** Tasks that run now: a retry drops their work, a cancel tells them to stop. */
  running: number;
  /** Artifacts that are superseded; they stay with the attempt that made them. */
  artifacts: number;
  /** What the new work takes, from past runs along its longest chain; null without a past. */
  estimateMs: number | null;
}

export const listedAtMost = 2_000;

/** What a retry of these tasks resets. A refusal says why it cannot be done, as the retry itself would. */
export async function previewRetry(
  scope: WorkspaceScope,
  runId: string,
  taskIds: readonly string[],
): Promise<ControlPreview | Refused> {
  return previewOf(scope, runId, () => [...new Set(taskIds)]);
}

/** What "retry failed" resets. */
export function previewRetryFailed(scope: WorkspaceScope, runId: string): Promise<ControlPreview | Refused> {
  return previewOf(scope, runId, retryableFailures);
}

async function previewOf(
  scope: WorkspaceScope,
  runId: string,
  choose: (graph: Affected[]) => string[],
): Promise<ControlPreview | Refused> {
  if (!(await isRun(scope, runId))) return noSuchRun;
  const graph = await readRunGraph(scope, runId);
  const targets = choose(graph);
  const reset = resetOf(graph, new Set(targets));
  // Running tasks are shown here; whether to go on all the same is asked afterwards.
  const problem = whyNotRetry(reset, targets, true);
  if (problem) return problem;
  const tasks = reset.levels.toReversed().flat();
  return summaryOf(tasks, new Set(targets), await estimateOf(scope, runId, tasks));
}

/** What a cancel ends at once, and who is told. */
export async function previewCancel(scope: WorkspaceScope, runId: string): Promise<ControlPreview | Refused> {
  if (!(await isRun(scope, runId))) return noSuchRun;
  const graph = await readRunGraph(scope, runId);
  const open = graph.filter(({ status }) => !taskStatus[status].final);
  return { ...summaryOf(open, new Set(), null), artifacts: 0 };
}

function summaryOf(
  tasks: Affected[],
  chosen: ReadonlySet<string>,
  estimateMs: number | null,
): ControlPreview {
  const counts = countTasks(tasks);
  return {
    ok: true,
    tasks: tasks.slice(0, listedAtMost).map(({ _id, nodeId, nodeName, status }) => ({
      id: _id,
      nodeId,
      name: nodeName,
      status,
      chosen: chosen.has(_id),
    })),
    counts,
    total: tasks.length,
    running: counts.running,
    artifacts: tasks.reduce((sum, { outputArtifactIds }) => sum + outputArtifactIds.length, 0),
    estimateMs,
  };
}

async function estimateOf(scope: WorkspaceScope, runId: string, tasks: Affected[]): Promise<number | null> {
  const history = await getRunHistory(scope, runId);
  if (!history || tasks.every(({ nodeId }) => history.nodes[nodeId] === undefined)) return null;
  const chain = longestChain(tasks, (nodeId) => history.nodes[nodeId]?.p50Ms ?? 0);
  return chain.reduce((sum, { remainingMs }) => sum + remainingMs, 0);
}

async function isRun(scope: WorkspaceScope, runId: string): Promise<boolean> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { _id: 1 } });
  return run !== null;
}
