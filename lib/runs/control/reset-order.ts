export interface ResetNode {
  _id: string;
  nodeId: string;
  upstreamNodeIds: readonly string[];
}

/**
 * The chosen tasks and everything behind them, in levels: each task in a later level than all that wait for it, none waiting
 * for another of its own level. Whoever resets them level by level never leaves a task queued whose upstream is reset
 * already (I2). Linear in nodes and edges, without recursion: a chain of ten thousand tasks is no deep stack.
 */
export function resetLevels<T extends ResetNode>(graph: readonly T[], targets: ReadonlySet<string>): T[][] {
  const touched = withAllBehind(graph, targets);
  const waitingFor = new Map<string, number>();
  for (const node of touched.values())
    for (const upstream of node.upstreamNodeIds)
      if (touched.has(upstream)) waitingFor.set(upstream, (waitingFor.get(upstream) ?? 0) + 1);
  const levels: T[][] = [];
  let level = [...touched.values()].filter(({ nodeId }) => !waitingFor.has(nodeId));
  while (level.length > 0) {
    levels.push(level);
    const next: T[] = [];
    for (const { upstreamNodeIds } of level) {
      for (const upstream of upstreamNodeIds) {
        const node = touched.get(upstream);
        const left = (waitingFor.get(upstream) ?? 0) - 1;
        waitingFor.set(upstream, left);
        if (node && left === 0) next.push(node);
      }
    }
    level = next;
  }
  return levels;
}

/** By node id, in the order of the graph. */
function withAllBehind<T extends ResetNode>(
  graph: readonly T[],
  targets: ReadonlySet<string>,
): Map<string, T> {
  const behind = new Map<string, T[]>();
  for (const node of graph)
    for (const upstream of node.upstreamNodeIds) {
      const known = behind.get(upstream);
      if (known) known.push(node);
      else behind.set(upstream, [node]);
    }
  const reached = new Set<string>();
  const open = graph.filter(({ _id }) => targets.has(_id));
  for (let node = open.pop(); node; node = open.pop()) {
    if (reached.has(node.nodeId)) continue;
    reached.add(node.nodeId);
    open.push(...(behind.get(node.nodeId) ?? []));
  }
  return new Map(graph.filter(({ nodeId }) => reached.has(nodeId)).map((node) => [node.nodeId, node]));
}
