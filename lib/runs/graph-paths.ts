import type { RunGraph } from "./schema";

/** Neighbours of every node, both ways. */
export interface Adjacency {
  up: ReadonlyMap<string, readonly string[]>;
  down: ReadonlyMap<string, readonly string[]>;
}

export function adjacencyOf(edges: RunGraph["edges"]): Adjacency {
  const up = new Map<string, string[]>();
  const down = new Map<string, string[]>();
  for (const { from, to } of edges) {
    push(down, from, to);
    push(up, to, from);
  }
  return { up, down };
}

/** Everything reached from `starts` along `next`, without the starts themselves; each node is visited once. */
export function reach(starts: Iterable<string>, next: Adjacency["up"]): Set<string> {
  const reached = new Set<string>();
  const queue = [...starts];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const neighbour of next.get(id) ?? []) {
      if (reached.has(neighbour)) continue;
      reached.add(neighbour);
      queue.push(neighbour);
    }
  }
  return reached;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
