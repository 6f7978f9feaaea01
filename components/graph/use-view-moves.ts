"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { boundsOf, originFor, type Placed, viewPadding } from "@/lib/runs/graph-view";
import type { WalkDirection } from "@/lib/runs/graph-walk";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";

/** Under this scale names cannot be read. */
const readable = 0.68;
/** A scale at which one reads. */
const comfortable = 0.85;
export const smallest = 0.02;

const directions: Record<WalkDirection, readonly [x: number, y: number]> = {
  left: [1, 0],
  right: [-1, 0],
  up: [0, 1],
  down: [0, -1],
};

export type ViewMoves = ReturnType<typeof useViewMoves>;

/**
 * Where the graph is looked at from. Moves are immediate: nothing flies. The whole drawing is measured here, since the
 * library is given no boxes at all.
 */
export function useViewMoves(items: readonly Placed[]) {
  const flow = useReactFlow();
  const store = useStoreApi();

  /** Puts a point in the middle, but shows no emptiness beyond the graph's edges that the graph could fill. */
  function look(atX: number, atY: number, zoom: number) {
    const { width, height } = store.getState();
    const box = boundsOf(items);
    const x = originFor(atX, box.left, box.right, width, zoom);
    const y = originFor(atY, box.top, box.bottom, height, zoom);
    flow.setViewport({ x, y, zoom });
  }

  const lookAt = (item: Placed, zoom: number) => look(item.x + nodeWidth / 2, item.y + nodeHeight / 2, zoom);
  /** Before the frame is measured there is nothing to fit into. */
  const isMeasured = () => store.getState().width > 0 && items.length > 0;

  /** The scales at which the width, and the whole, can be seen. */
  function fitting() {
    const { width, height } = store.getState();
    const box = boundsOf(items);
    const wide = Math.min(1, (width - 2 * viewPadding) / (box.right - box.left));
    const whole = Math.min(wide, (height - 2 * viewPadding) / (box.bottom - box.top));
    return { wide: Math.max(smallest, wide), whole: Math.max(smallest, whole) };
  }

  return {
    fit: () => {
      if (isMeasured()) look(0, 0, fitting().whole);
    },
    /** What one sees first: everything, or all columns, or what one came for. */
    open: (cameFor: Placed | null) => {
      if (!isMeasured()) return;
      const { wide, whole } = fitting();
      if (whole >= readable || !cameFor) look(0, 0, whole);
      else lookAt(cameFor, wide >= readable ? wide : comfortable);
    },
    /** Moves only if the box is not in view as a whole. */
    reveal: (item: Placed) => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const [left, top] = [item.x * zoom + x, item.y * zoom + y];
      const inside =
        left >= 0 && top >= 0 && left + nodeWidth * zoom <= width && top + nodeHeight * zoom <= height;
      if (!inside && width > 0) lookAt(item, zoom);
    },
    /** Goes so near that the box can be read. */
    approach: (item: Placed) => lookAt(item, comfortable),
    zoomIn: () => void flow.zoomIn(),
    zoomOut: () => void flow.zoomOut(),
    pan: (direction: WalkDirection, step: number) => {
      const { x, y, zoom } = flow.getViewport();
      const [dx, dy] = directions[direction];
      flow.setViewport({ x: x + dx * step, y: y + dy * step, zoom });
    },
  };
}
