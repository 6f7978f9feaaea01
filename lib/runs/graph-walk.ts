import type { GraphItem } from "./graph-groups";
import type { Adjacency } from "./graph-paths";

export type WalkDirection = "left" | "right" | "up" | "down";

/**
 * Where an arrow key leads: left and right along an edge, to the neighbour nearest in height; up and down to the next box
 * of the column. Null at an end, so that the key does nothing instead of jumping.
 */
export function walk(
  from: GraphItem,
  direction: WalkDirection,
  items: ReadonlyMap<string, GraphItem>,
  adjacency: Adjacency,
): GraphItem | null {
  const candidates =
    direction === "left" || direction === "right"
      ? neighbours(from, direction === "left" ? adjacency.up : adjacency.down, items)
      : columnMates(from, direction, items);
  let nearest: GraphItem | null = null;
  for (const candidate of candidates) {
    if (nearest === null || distance(from, candidate) < distance(from, nearest)) nearest = candidate;
  }
  return nearest;
}

function neighbours(
  from: GraphItem,
  next: Adjacency["up"],
  items: ReadonlyMap<string, GraphItem>,
): GraphItem[] {
  return (next.get(from.id) ?? []).map((id) => items.get(id)).filter((item) => item !== undefined);
}

function columnMates(
  from: GraphItem,
  direction: "up" | "down",
  items: ReadonlyMap<string, GraphItem>,
): GraphItem[] {
  const sign = direction === "up" ? -1 : 1;
  return [...items.values()].filter((item) => item.x === from.x && (item.y - from.y) * sign > 0);
}

/** Height counts more than columns: the straightest edge is the one the eye follows. */
function distance(a: GraphItem, b: GraphItem): number {
  return Math.abs(a.y - b.y) * 4 + Math.abs(a.x - b.x);
}
