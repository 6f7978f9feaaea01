"use client";

import "@xyflow/react/dist/base.css";
import "./graph.css";
import { Background, BackgroundVariant, type Node, ReactFlow, useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useMemo, useState } from "react";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { type WalkDirection, walk } from "@/lib/runs/graph-walk";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { FocusWishContext, newFocusWish } from "../focus-wish";
import { useRunPage } from "../run-page-context";
import { GraphBox } from "./graph-box";
import { useGraph } from "./graph-context";
import { GraphEdges } from "./graph-edges";
import { GraphMinimap } from "./graph-minimap";
import { useItemsInView } from "./use-items-in-view";
import { smallest, useViewMoves } from "./use-view-moves";

/** Defined once: a new object would make the library mount every box again. */
const nodeTypes = { box: GraphBox };
const noEdges: never[] = [];

const arrows: Record<string, WalkDirection> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const panStep = 80;

export function GraphCanvas() {
  const { drawing, items, adjacency, current, pick } = useGraph();
  const { tasks } = useRunPage();
  const view = useViewMoves();
  const flow = useReactFlow();
  const [focusWish] = useState(newFocusWish);
  const { items: inView, far } = useItemsInView();
  const nodes = useMemo(() => toNodes(inView), [inView]);

  const onDrawn = useEffectEvent(view.open);
  useEffect(() => {
    // Folding places every box anew.
    if (drawing.items.length > 0) onDrawn();
  }, [drawing]);

  const currentId = current?.id;
  const onCurrent = useEffectEvent(() => {
    if (current) view.reveal(current);
  });
  useEffect(() => {
    if (currentId !== undefined) onCurrent();
  }, [currentId]);

  const onPageKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key !== "f" || event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
    if (!document.querySelector('[role="dialog"], [role="menu"]')) view.fit();
  });
  useEffect(() => {
    document.addEventListener("keydown", onPageKey);
    return () => document.removeEventListener("keydown", onPageKey);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    if (direction && event.shiftKey) view.pan(direction, panStep);
    else if (direction && current) {
      const next = walk(current, direction, items, adjacency);
      if (next) {
        focusWish.make();
        pick(next, "walk");
      }
    } else if (event.key === "+" || event.key === "=") view.zoomIn();
    else if (event.key === "-") view.zoomOut();
    else return;
    event.preventDefault();
  }

  function onPaneClick(event: MouseEvent) {
    if (!far) return;
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const hit = drawing.items.find(
      ({ x, y }) => at.x >= x && at.x <= x + nodeWidth && at.y >= y && at.y <= y + nodeHeight,
    );
    if (hit) pick(hit, "pick");
  }

  return (
    <FocusWishContext value={focusWish}>
      <ReactFlow
        nodes={nodes}
        edges={noEdges}
        nodeTypes={nodeTypes}
        onInit={view.open}
        onKeyDown={onKeyDown}
        onPaneClick={onPaneClick}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnDoubleClick={false}
        minZoom={smallest}
        maxZoom={1.5}
        attributionPosition="top-right"
        aria-label={`Graph of ${tasks.length} tasks. Arrow keys follow its edges.`}
        className="absolute! inset-0"
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={16}
          size={1.4}
          color="var(--line)"
          bgColor="var(--surface)"
        />
        <GraphEdges far={far} />
        <GraphMinimap />
      </ReactFlow>
    </FocusWishContext>
  );
}

export type BoxNode = Node<{ itemId: string }, "box">;

/** Sizes are known, so the library measures nothing; what a box says is read by the box, so a change of status makes no new node. */
function toNodes(items: readonly GraphItem[]): BoxNode[] {
  return items.map(({ id, x, y }) => ({
    id,
    type: "box",
    position: { x, y },
    data: { itemId: id },
    width: nodeWidth,
    height: nodeHeight,
    measured: { width: nodeWidth, height: nodeHeight },
    handles: [],
    // The box inside is the button; the library's wrapper must not speak as well.
    domAttributes: { "aria-roledescription": undefined },
  }));
}
