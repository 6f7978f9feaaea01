"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useEffectEvent } from "react";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { foldAbove } from "@/lib/runs/graph-groups";
import type { WalkDirection } from "@/lib/runs/graph-walk";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { useGraph } from "./graph-context";

/** Under this scale names cannot be read: a graph that would need less opens at its selected box instead. */
const readable = 0.6;
const fitOptions = { padding: 0.06, maxZoom: 1 };
/** A box this near to the edge counts as out of view. */
const edgeMargin = 12;

const directions: Record<WalkDirection, readonly [x: number, y: number]> = {
  left: [1, 0],
  right: [-1, 0],
  up: [0, 1],
  down: [0, -1],
};

/** Where the graph is looked at from. Moves are immediate: nothing flies. */
export function useGraphView() {
  const { drawing, current } = useGraph();
  const flow = useReactFlow();
  const store = useStoreApi();

  function center(item: GraphItem, zoom: number) {
    flow.setCenter(item.x + nodeWidth / 2, item.y + nodeHeight / 2, { zoom });
  }

  function fitAll() {
    flow.fitView(fitOptions);
  }

  function open() {
    const { width, height } = store.getState();
    if (width === 0) return;
    const wide = Math.max(...drawing.items.map((item) => item.x)) + nodeWidth;
    const high = Math.max(...drawing.items.map((item) => item.y)) + nodeHeight;
    const scale = Math.min(width / wide, height / high);
    if (scale >= readable || !current) fitAll();
    else center(current, Math.max(readable, Math.min(1, height / high)));
  }

  function reveal(item: GraphItem) {
    const { width, height } = store.getState();
    const { x, y, zoom } = flow.getViewport();
    const left = item.x * zoom + x;
    const top = item.y * zoom + y;
    const inside =
      left >= edgeMargin &&
      top >= edgeMargin &&
      left + nodeWidth * zoom <= width - edgeMargin &&
      top + nodeHeight * zoom <= height - edgeMargin;
    if (!inside && width > 0) center(item, zoom);
  }

  const onDrawn = useEffectEvent(open);
  useEffect(() => {
    // Folding places every box anew.
    if (drawing.items.length > 0) onDrawn();
  }, [drawing]);

  const currentId = current?.id;
  const onCurrent = useEffectEvent(() => {
    if (current) reveal(current);
  });
  useEffect(() => {
    if (currentId !== undefined) onCurrent();
  }, [currentId]);

  const onKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key !== "f" || event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
    if (!document.querySelector('[role="dialog"], [role="menu"]')) fitAll();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return {
    open,
    fitAll,
    zoomIn: () => void flow.zoomIn(),
    zoomOut: () => void flow.zoomOut(),
    pan: (direction: WalkDirection, step: number) => {
      const { x, y, zoom } = flow.getViewport();
      const [dx, dy] = directions[direction];
      flow.setViewport({ x: x + dx * step, y: y + dy * step, zoom });
    },
    /** Thousands of boxes at once would be dots; the minimap shows the whole. */
    minZoom: drawing.items.length > foldAbove ? 0.3 : 0.1,
  };
}
