import type { GraphItem } from "./graph-groups";
import { nodeHeight, nodeWidth } from "./layout";

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The smallest rectangle around all boxes. */
export function boundsOf(items: readonly Pick<GraphItem, "x" | "y">[]): Bounds {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of items) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + nodeWidth);
    box.bottom = Math.max(box.bottom, y + nodeHeight);
  }
  return box;
}

/** Pixels kept free between the graph and the frame. */
export const viewPadding = 16;

/**
 * Where the graph's origin lies on one axis of a frame of `size` pixels, so that `at` is in the middle; but no emptiness is
 * shown beyond an edge of the graph that the graph could fill, and a graph that fits is centred whole.
 */
export function originFor(at: number, low: number, high: number, size: number, zoom: number): number {
  if ((high - low) * zoom + 2 * viewPadding <= size + 1) return size / 2 - ((low + high) / 2) * zoom;
  const lowest = size - viewPadding - high * zoom;
  const highest = viewPadding - low * zoom;
  return Math.min(highest, Math.max(lowest, size / 2 - at * zoom));
}
