import type { ViewEdge, ViewNode } from "@/lib/workflows/version-view";

export type Way = "left" | "right" | "up" | "down";

interface Drawn {
  view: { nodes: readonly ViewNode[]; edges: readonly ViewEdge[] };
  byId: ReadonlyMap<string, ViewNode>;
  downstream: ReadonlyMap<string, readonly string[]>;
}

/** Where an arrow key leads: along an edge, or to the next box of the column. Null at an end. */
export function neighbour({ view, byId, downstream }: Drawn, from: ViewNode, way: Way): ViewNode | null {
  const ids =
    way === "right"
      ? (downstream.get(from.id) ?? [])
      : way === "left"
        ? view.edges.filter(({ to }) => to === from.id).map((edge) => edge.from)
        : null;
  const sign = way === "up" ? -1 : 1;
  const candidates =
    ids?.flatMap((id) => byId.get(id) ?? []) ??
    view.nodes.filter(({ x, y }) => x === from.x && (y - from.y) * sign > 0);
  return candidates.reduce<ViewNode | null>(
    (nearest, node) => (nearest === null || distance(from, node) < distance(from, nearest) ? node : nearest),
    null,
  );
}

/** Height counts more than columns: the straightest edge is the one the eye follows. */
const distance = (a: ViewNode, b: ViewNode) => Math.abs(a.y - b.y) * 4 + Math.abs(a.x - b.x);
