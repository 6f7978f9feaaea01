"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { boundsOf, originFor, viewPadding } from "@/lib/runs/graph-view";
import type { WalkDirection } from "@/lib/runs/graph-walk";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { useGraph } from "./graph-context";

/** Under this scale names cannot be read: a graph that would need less opens at its selected box instead. */
const readable = 0.68;
/** The scale it then opens with. */
const comfortable = 0.85;
export const smallest = 0.02;

const directions: Record<WalkDirection, readonly [x: number, y: number]> = {
  left: [1, 0],
  right: [-1, 0],
  up: [0, 1],
  down: [0, -1],
};

/**
 * Where the graph is looked at from. Moves are immediate: nothing flies. The whole drawing is measured here, since the
 * library is given only the boxes in view.
 */
export function useViewMoves() {
  const { drawing, current } = useGraph();
  const flow = useReactFlow();
  const store = useStoreApi();

  /** Puts a point in the middle, but shows no emptiness beyond the graph's edges that the graph could fill. */
  function look(atX: number, atY: number, zoom: number) {
    const { width, height } = store.getState();
    const box = boundsOf(drawing.items);
    const x = originFor(atX, box.left, box.right, width, zoom);
    const y = originFor(atY, box.top, box.bottom, height, zoom);
    flow.setViewport({ x, y, zoom });
  }

  const lookAt = (item: GraphItem, zoom: number) =>
    look(item.x + nodeWidth / 2, item.y + nodeHeight / 2, zoom);

  /** The scales at which the width, and the whole, can be seen. */
  function fitting() {
    const { width, height } = store.getState();
    const box = boundsOf(drawing.items);
    const wide = Math.min(1, (width - 2 * viewPadding) / (box.right - box.left));
    const whole = Math.min(wide, (height - 2 * viewPadding) / (box.bottom - box.top));
    return { wide: Math.max(smallest, wide), whole: Math.max(smallest, whole) };
  }

  return {
    fit: () => look(0, 0, fitting().whole),
    /** What one sees first: everything, or all columns, or what one came for. */
    open: () => {
      if (store.getState().width === 0) return;
      const { wide, whole } = fitting();
      if (whole >= readable || !current) look(0, 0, whole);
      else lookAt(current, wide >= readable ? wide : comfortable);
    },
    /** Moves only if the box is not in view. */
    reveal: (item: GraphItem) => {
      const { width, height } = store.getState();
      const { x, y, zoom } = flow.getViewport();
      const [left, top] = [item.x * zoom + x, item.y * zoom + y];
      const inside =
        left >= 0 && top >= 0 && left + nodeWidth * zoom <= width && top + nodeHeight * zoom <= height;
      if (!inside && width > 0) lookAt(item, zoom);
    },
    zoomIn: () => void flow.zoomIn(),
    zoomOut: () => void flow.zoomOut(),
    pan: (direction: WalkDirection, step: number) => {
      const { x, y, zoom } = flow.getViewport();
      const [dx, dy] = directions[direction];
      flow.setViewport({ x: x + dx * step, y: y + dy * step, zoom });
    },
  };
}
