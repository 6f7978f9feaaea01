import type { Adjacency } from "./graph-paths";
import type { Placed } from "./graph-view";

export type WalkDirection = "left" | "right" | "up" | "down";

export const arrowDirections: Readonly<Record<string, WalkDirection>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/**
 * Where an arrow key leads: left and right along an edge, to the neighbour nearest in height; up and down to the next box
 * of the column. Null at an end, so that the key does nothing instead of jumping.
 */
export function walk<Item extends Placed>(
  from: Item,
  direction: WalkDirection,
  items: ReadonlyMap<string, Item>,
  adjacency: Adjacency,
): Item | null {
  const candidates =
    direction === "left" || direction === "right"
      ? neighbours(from, direction === "left" ? adjacency.up : adjacency.down, items)
      : columnMates(from, direction, items);
  let nearest: Item | null = null;
  for (const candidate of candidates) {
    if (nearest === null || distance(from, candidate) < distance(from, nearest)) nearest = candidate;
  }
  return nearest;
}

function neighbours<Item extends Placed>(
  from: Item,
  next: Adjacency["up"],
  items: ReadonlyMap<string, Item>,
): Item[] {
  return (next.get(from.id) ?? []).map((id) => items.get(id)).filter((item) => item !== undefined);
}

function columnMates<Item extends Placed>(
  from: Item,
  direction: "up" | "down",
  items: ReadonlyMap<string, Item>,
): Item[] {
  const sign = direction === "up" ? -1 : 1;
  return [...items.values()].filter((item) => item.x === from.x && (item.y - from.y) * sign > 0);
}

/** Height counts more than columns: the straightest edge is the one the eye follows. */
function distance(a: Placed, b: Placed): number {
  return Math.abs(a.y - b.y) * 4 + Math.abs(a.x - b.x);
}
