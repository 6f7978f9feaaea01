interface GraphNode {
  nodeId: string;
  upstreamNodeIds: string[];
}

/**
 * The level of each node: the longest path from a root, counted in edges. A node on or behind a cycle gets none, which
 * is how a cyclic graph shows itself. Upstream ids that are no node of the graph are passed over.
 */
export function levelsOf(nodes: GraphNode[]): Map<string, number> {
  const waitsFor = new Map(nodes.map((node) => [node.nodeId, 0]));
  const children = new Map<string, string[]>();
  for (const { nodeId, upstreamNodeIds } of nodes) {
    for (const parent of upstreamNodeIds) {
      if (!waitsFor.has(parent)) continue;
      waitsFor.set(nodeId, (waitsFor.get(nodeId) ?? 0) + 1);
      const siblings = children.get(parent);
      if (siblings) siblings.push(nodeId);
      else children.set(parent, [nodeId]);
    }
  }
  const levels = new Map<string, number>();
  let ready = nodes.map((node) => node.nodeId).filter((id) => waitsFor.get(id) === 0);
  for (let level = 0; ready.length > 0; level++) {
    const next: string[] = [];
    for (const id of ready) {
      levels.set(id, level);
      for (const child of children.get(id) ?? []) {
        const left = (waitsFor.get(child) ?? 0) - 1;
        waitsFor.set(child, left);
        if (left === 0) next.push(child);
      }
    }
    ready = next;
  }
  return levels;
}
