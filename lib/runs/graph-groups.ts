import type { PlacedNode, RunGraph } from "./schema";
import { shortTaskName, taskNameParts } from "./task-name";

/** A box of the drawing: one task, or a fold of like tasks. */
export interface GraphItem {
  id: string;
  label: string;
  level: number;
  /** Node ids; more than one only in a fold. */
  members: readonly string[];
  fold: boolean;
  /** Where the server put it, or the middle of where it put the members: orders a column, so folding moves nothing past another. */
  hintY: number;
}

export interface GraphItems {
  items: GraphItem[];
  /** Edges between boxes, each pair once, in the order the graph lists them. */
  edges: RunGraph["edges"];
  /** Box that shows a node. */
  itemOf: ReadonlyMap<string, string>;
}

/** Above this many tasks a graph opens folded: nobody reads more boxes, and the page stays quick. */
export const foldAbove = 300;

/** Every task its own box. */
export function singleItems(graph: RunGraph): GraphItems {
  const itemOf = new Map(graph.nodes.map((node) => [node.id, node.id]));
  return { items: graph.nodes.map(singleItem), edges: graph.edges, itemOf };
}

/** Tasks of one kind in one level become one box, except the folds named in `open`. Depends on structure alone, never on status. */
export function foldedItems(graph: RunGraph, open: ReadonlySet<string>): GraphItems {
  const folds = new Map<string, PlacedNode[]>();
  for (const node of graph.nodes) {
    const key = foldKey(node);
    const members = folds.get(key);
    if (members) members.push(node);
    else folds.set(key, [node]);
  }
  const items: GraphItem[] = [];
  const itemOf = new Map<string, string>();
  for (const [key, members] of folds) {
    const shown = members.length === 1 || open.has(key) ? members.map(singleItem) : [foldItem(key, members)];
    for (const item of shown) {
      items.push(item);
      for (const member of item.members) itemOf.set(member, item.id);
    }
  }
  return { items, edges: edgesBetween(graph.edges, itemOf), itemOf };
}

/** Name of the fold a task belongs to; short enough to stand in the URL. */
export function foldKey(node: Pick<PlacedNode, "level" | "name" | "id">): string {
  return `${node.level}.${taskNameParts(node.name, node.id).stem}`;
}

function singleItem(node: PlacedNode): GraphItem {
  const label = shortTaskName(node.name, node.id);
  return { id: node.id, label, level: node.level, members: [node.id], fold: false, hintY: node.y };
}

function foldItem(key: string, members: PlacedNode[]): GraphItem {
  const first = members[0];
  if (!first) throw new Error(`The fold ${key} has no member.`);
  const middle = members.reduce((sum, member) => sum + member.y, 0) / members.length;
  return {
    id: `fold:${key}`,
    label: taskNameParts(first.name, first.id).stem,
    level: first.level,
    members: members.map((member) => member.id),
    fold: true,
    hintY: middle,
  };
}

function edgesBetween(edges: RunGraph["edges"], itemOf: ReadonlyMap<string, string>): RunGraph["edges"] {
  const seen = new Map<string, Set<string>>();
  const between: RunGraph["edges"] = [];
  for (const edge of edges) {
    const from = itemOf.get(edge.from);
    const to = itemOf.get(edge.to);
    if (from === undefined || to === undefined || from === to) continue;
    const targets = seen.get(from) ?? new Set<string>();
    if (targets.has(to)) continue;
    targets.add(to);
    seen.set(from, targets);
    between.push({ from, to });
  }
  return between;
}
