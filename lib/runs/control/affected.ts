import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { type ResetNode, resetLevels } from "./reset-order";

/** A task of a run, as far as a retry needs to know it to judge what it touches. */
export type Affected = Pick<
  RunTask,
  "_id" | "nodeId" | "nodeName" | "status" | "upstreamNodeIds" | "outputArtifactIds"
>;

/** What a retry of some tasks would touch, as the run is at this moment. */
export interface Reset {
  /** All tasks of the run by node id. */
  byNode: ReadonlyMap<string, Affected>;
  chosen: Affected[];
  /** The chosen ones and everything behind them; each task lies in an earlier level than all it waits for. */
  levels: Affected[][];
}

const fields = { nodeId: 1, nodeName: 1, status: 1, upstreamNodeIds: 1, outputArtifactIds: 1 };

export async function readRunGraph(scope: WorkspaceScope, runId: string): Promise<Affected[]> {
  return scoped(scope)
    .collection(runTasks)
    .find({ workflowRunId: runId }, { projection: fields, sort: { nodeId: 1 }, maxTimeMS: 10_000 })
    .toArray();
}

export function resetOf(graph: Affected[], targets: ReadonlySet<string>): Reset {
  return {
    byNode: new Map(graph.map((task) => [task.nodeId, task])),
    chosen: graph.filter(({ _id }) => targets.has(_id)),
    levels: resetLevels<Affected & ResetNode>(graph, targets),
  };
}

/** Tasks that ended without success though all before them succeeded: what "retry failed" begins with. */
export function retryableFailures(graph: Affected[]): string[] {
  const succeeded = new Set(graph.filter(({ status }) => status === "succeeded").map(({ nodeId }) => nodeId));
  return graph
    .filter(
      ({ status, upstreamNodeIds }) =>
        (status === "failed" || status === "cancelled") &&
        upstreamNodeIds.every((upstream) => succeeded.has(upstream)),
    )
    .map(({ _id }) => _id);
}
