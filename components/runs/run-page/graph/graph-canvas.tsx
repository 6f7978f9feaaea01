"use client";

import "@xyflow/react/dist/base.css";
import { Background, BackgroundVariant, type Node, ReactFlow } from "@xyflow/react";
import { type KeyboardEvent, useRef } from "react";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { type WalkDirection, walk } from "@/lib/runs/graph-walk";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { FocusWish } from "../focus-wish";
import { useRunPage } from "../run-page-context";
import { GraphBox } from "./graph-box";
import { useGraph } from "./graph-context";
import { GraphEdges } from "./graph-edges";
import { GraphMinimap } from "./graph-minimap";
import { useGraphView } from "./use-graph-view";

/** Defined once: a new object would make the library mount every box again. */
const nodeTypes = { box: GraphBox };
const noEdges: never[] = [];
const proOptions = { hideAttribution: true };

const arrows: Record<string, WalkDirection> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const panStep = 80;

export function GraphCanvas() {
  const { drawing, items, adjacency, current, isShown, pick } = useGraph();
  const { tasks } = useRunPage();
  const view = useGraphView();
  const focusWanted = useRef(false);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    if (direction && event.shiftKey) view.pan(direction, panStep);
    else if (direction && current) {
      const next = walk(current, direction, items, adjacency);
      if (next) {
        focusWanted.current = true;
        pick(next, "walk");
      }
    } else if (event.key === "+" || event.key === "=") view.zoomIn();
    else if (event.key === "-") view.zoomOut();
    else return;
    event.preventDefault();
  }

  return (
    <FocusWish value={focusWanted}>
      <ReactFlow
        nodes={toNodes(drawing.items.filter(isShown))}
        edges={noEdges}
        nodeTypes={nodeTypes}
        onInit={view.open}
        onKeyDown={onKeyDown}
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
        minZoom={view.minZoom}
        maxZoom={1.5}
        proOptions={proOptions}
        aria-label={`Graph of ${tasks.length} tasks. Arrow keys follow its edges.`}
        className="!absolute inset-0"
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={16}
          size={1}
          color="var(--line)"
          bgColor="var(--surface)"
        />
        <GraphEdges />
        <GraphMinimap />
      </ReactFlow>
    </FocusWish>
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
