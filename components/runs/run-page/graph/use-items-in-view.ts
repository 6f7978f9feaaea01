"use client";

import { useStore } from "@xyflow/react";
import { useMemo } from "react";
import { foldAbove, type GraphItem } from "@/lib/runs/graph-groups";
import { columnPitch, nodeHeight, nodeWidth, rowPitch } from "@/lib/runs/layout";
import { useGraph } from "./graph-context";

/** From this far a big graph is drawn as coloured shapes: nobody could read its boxes, and there would be thousands. */
const farZoom = 0.55;
/** The view is followed by cells of so many boxes: panning within one draws nothing anew. */
const cell = { x: columnPitch, y: 2 * rowPitch };

interface ItemsInView {
  /** The boxes to draw as buttons. */
  items: readonly GraphItem[];
  far: boolean;
}

/**
 * The library is given what is in view and no more. It leaves out the rest by itself as well, but only after having walked
 * through all of it on every move, and a jump outward would put thousands of boxes into the document at once.
 */
export function useItemsInView(): ItemsInView {
  const { drawing, isShown, current } = useGraph();
  const big = drawing.items.length > foldAbove;
  const far = useStore((state) => big && state.transform[2] < farZoom);
  // As text, because the store compares what is selected from it by identity.
  const view = useStore(({ transform: [x, y, zoom], width, height }) =>
    big && !far
      ? [
          Math.floor(-x / zoom / cell.x),
          Math.floor(-y / zoom / cell.y),
          Math.ceil((width - x) / zoom / cell.x),
          Math.ceil((height - y) / zoom / cell.y),
        ].join(" ")
      : null,
  );
  const shown = useMemo(() => drawing.items.filter(isShown), [drawing, isShown]);
  const items = useMemo(() => {
    // The selected box stays a button, so that the keyboard does not lose its place.
    if (far) return current ? [current] : [];
    if (view === null) return shown;
    const [left = 0, top = 0, right = 0, bottom = 0] = view.split(" ").map(Number);
    return shown.filter(
      (item) =>
        item.x + nodeWidth >= left * cell.x &&
        item.x <= right * cell.x &&
        item.y + nodeHeight >= top * cell.y &&
        item.y <= bottom * cell.y,
    );
  }, [far, view, shown, current]);
  return { items, far };
}
