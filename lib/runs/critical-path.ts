import type { RunGraph, TaskRow } from "./schema";
import { taskDurationMs } from "./task-sort";

/** The order in which a graph can be gone through, and what lies before each node: once for a graph, whatever its tasks do. */
export interface PathPlan {
  nodeIds: readonly string[];
  /** For each node its direct upstream, as places in `nodeIds`, all of them smaller than its own. */
  upstream: readonly (readonly number[])[];
}

export function pathPlanOf(graph: Pick<RunGraph, "nodes" | "edges">): PathPlan {
  // A node stands on a higher level than all it waits for.
  const nodeIds = graph.nodes.toSorted((a, b) => a.level - b.level).map(({ id }) => id);
  const at = new Map(nodeIds.map((id, index) => [id, index]));
  const upstream: number[][] = nodeIds.map(() => []);
  for (const { from, to } of graph.edges) {
    const [source, target] = [at.get(from), at.get(to)];
    if (source !== undefined && target !== undefined) upstream[target]?.push(source);
  }
  return { nodeIds, upstream };
}

/**
 * The chain of tasks whose durations add up to most: nothing but it being shorter would make the run shorter. What has not run
 * counts for nothing, so while a run goes on it is the longest chain so far. Empty when nothing ran.
 */
export function criticalPath(
  { nodeIds, upstream }: PathPlan,
  taskByNode: ReadonlyMap<string, TaskRow>,
  asOf: string,
): ReadonlySet<string> {
  const longest = new Float64Array(nodeIds.length);
  const before = new Int32Array(nodeIds.length).fill(-1);
  let last = -1;
  for (const [index, nodeId] of nodeIds.entries()) {
    let reached = 0;
    for (const parent of upstream[index] ?? []) {
      const length = longest[parent] ?? 0;
      if (length > reached) {
        reached = length;
        before[index] = parent;
      }
    }
    const task = taskByNode.get(nodeId);
    const lasted = task && !task.cacheHit ? (taskDurationMs(task, asOf) ?? 0) : 0;
    longest[index] = reached + lasted;
    if ((longest[index] ?? 0) > (last < 0 ? 0 : (longest[last] ?? 0))) last = index;
  }
  const path = new Set<string>();
  for (let index = last; index >= 0; index = before[index] ?? -1) path.add(nodeIds[index] ?? "");
  return path;
}
