import { nodeHeight, nodeWidth } from "./layout";

/** A box of a drawing; all boxes have one size. */
export interface Placed {
  id: string;
  x: number;
  y: number;
}

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The smallest rectangle around all boxes. */
export function boundsOf(items: readonly Pick<Placed, "x" | "y">[]): Bounds {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of items) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + nodeWidth);
    box.bottom = Math.max(box.bottom, y + nodeHeight);
  }
  return box;
}

/** The box that holds a point. */
export function itemAt<Item extends Placed>(
  items: readonly Item[],
  at: { x: number; y: number },
): Item | null {
  return (
    items.find(({ x, y }) => at.x >= x && at.x <= x + nodeWidth && at.y >= y && at.y <= y + nodeHeight) ??
    null
  );
}

/** The boxes as shapes: an SVG path, however many they are. */
export function outlinesOf(items: readonly Pick<Placed, "x" | "y">[]): string {
  return items.map(({ x, y }) => `M${x} ${y}h${nodeWidth}v${nodeHeight}h${-nodeWidth}z`).join("");
}

/** A frame of `width` by `height` pixels, and how the graph lies under it. */
export interface Frame {
  transform: readonly [x: number, y: number, zoom: number];
  width: number;
  height: number;
}

/** Whether any of a box can be seen. */
export function isInView({ x, y }: Pick<Placed, "x" | "y">, { transform, width, height }: Frame): boolean {
  const [atX, atY, zoom] = transform;
  const [left, top] = [x * zoom + atX, y * zoom + atY];
  return left < width && top < height && left + nodeWidth * zoom > 0 && top + nodeHeight * zoom > 0;
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
