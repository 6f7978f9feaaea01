interface Node {
  _id: string;
  nodeId: string;
  upstreamNodeIds: readonly string[];
}

/**
 * The chosen tasks and everything behind them, each after all that wait for it: whoever resets them in this order never
 * leaves a task queued whose upstream is reset already.
 */
export function deepestFirst(graph: readonly Node[], targets: ReadonlySet<string>): string[] {
  const waiting = new Map<string, Node[]>();
  for (const node of graph)
    for (const upstream of node.upstreamNodeIds)
      waiting.set(upstream, [...(waiting.get(upstream) ?? []), node]);
  const order: string[] = [];
  const seen = new Set<string>();
  // Depth first without recursion: a chain of ten thousand tasks is no deep stack.
  for (const start of graph.filter(({ _id }) => targets.has(_id))) {
    const path: { node: Node; next: number }[] = seen.has(start._id) ? [] : [{ node: start, next: 0 }];
    seen.add(start._id);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const child = waiting.get(top.node.nodeId)?.[top.next++];
      if (!child) {
        order.push(top.node._id);
        path.pop();
      } else if (!seen.has(child._id)) {
        seen.add(child._id);
        path.push({ node: child, next: 0 });
      }
    }
  }
  return order;
}
