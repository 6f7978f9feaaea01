import { layoutGraph } from "./layout";
import type { PlacedNode, RunGraph } from "./schema";
import { type TaskNameParts, taskNameParts } from "./task-name";

/** A box of the drawing: one task, or a fold of like tasks. */
export interface GraphItem extends TaskNameParts {
  id: string;
  /** Node ids; more than one only in a fold. */
  members: readonly string[];
  /** The fold this box is, or was opened from; null for a task that has no like in its level. */
  foldKey: string | null;
  x: number;
  y: number;
}

export interface GraphItems {
  items: GraphItem[];
  /** Edges between boxes, each pair once. */
  edges: RunGraph["edges"];
  /** Box that shows a node. */
  itemOf: ReadonlyMap<string, string>;
}

/** Above this many tasks a graph opens folded: nobody reads more boxes, and the page stays quick. */
export const foldAbove = 300;

/**
 * What the drawing shows: every task where the server placed it, or tasks of one kind and level folded into one box,
 * except the folds in `open`. Reads structure only, so a change of status moves nothing.
 */
export function graphItems(
  graph: RunGraph,
  folding: { folded: boolean; open: ReadonlySet<string> },
): GraphItems {
  const folds = foldsOf(graph.nodes);
  const drawn = [...folds].flatMap(([key, members]) => {
    if (members.length === 1) return members.map((node) => single(node, null));
    if (!folding.folded || folding.open.has(key)) return members.map((node) => single(node, key));
    return [folded(key, members)];
  });
  const itemOf = new Map(drawn.flatMap((item) => item.members.map((member) => [member, item.id] as const)));
  if (drawn.length === graph.nodes.length) return { items: drawn, edges: graph.edges, itemOf };
  const edges = edgesBetween(graph.edges, itemOf);
  return { items: place(drawn, edges), edges, itemOf };
}

/** Name of the fold a task belongs to; short enough to stand in the URL. */
export function foldKeyOf(node: Pick<PlacedNode, "level" | "name" | "id">): string {
  return `${node.level}.${taskNameParts(node.name, node.id).stem}`;
}

function foldsOf(nodes: readonly PlacedNode[]): Map<string, PlacedNode[]> {
  const folds = new Map<string, PlacedNode[]>();
  for (const node of nodes) {
    const key = foldKeyOf(node);
    const members = folds.get(key);
    if (members) members.push(node);
    else folds.set(key, [node]);
  }
  return folds;
}

function single(node: PlacedNode, foldKey: string | null): GraphItem {
  const { id, x, y } = node;
  return { id, ...taskNameParts(node.name, id), members: [id], foldKey, x, y };
}

function folded(key: string, members: PlacedNode[]): GraphItem {
  const ids = members.map((member) => member.id);
  return {
    id: `fold:${key}`,
    stem: key.slice(key.indexOf(".") + 1),
    mark: null,
    members: ids,
    foldKey: key,
    x: 0,
    y: 0,
  };
}

function place(items: readonly GraphItem[], edges: RunGraph["edges"]): GraphItem[] {
  const upstream = new Map<string, string[]>(items.map((item) => [item.id, []]));
  for (const { from, to } of edges) upstream.get(to)?.push(from);
  const laidOut = layoutGraph(
    items.map(({ id, stem }) => ({
      id,
      name: stem,
      nodeType: "",
      upstreamNodeIds: upstream.get(id) ?? [],
    })),
  );
  const places = new Map(laidOut.nodes.map((node) => [node.id, node]));
  return items.map((item) => {
    const at = places.get(item.id);
    if (!at) throw new Error(`The layout has no place for ${item.id}.`);
    return { ...item, x: at.x, y: at.y };
  });
}

function edgesBetween(edges: RunGraph["edges"], itemOf: ReadonlyMap<string, string>): RunGraph["edges"] {
  const seen = new Map<string, Set<string>>();
  const between: RunGraph["edges"] = [];
  for (const edge of edges) {
    const from = itemOf.get(edge.from);
    const to = itemOf.get(edge.to);
    if (from === undefined || to === undefined) continue;
    const targets = seen.get(from) ?? new Set<string>();
    if (targets.has(to)) continue;
    targets.add(to);
    seen.set(from, targets);
    between.push({ from, to });
  }
  return between;
}
