"use client";

import "@xyflow/react/dist/base.css";
import "./graph.css";
import { Background, BackgroundVariant, ReactFlow, useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useEffectEvent } from "react";
import { itemAt, type Placed } from "@/lib/runs/graph-view";
import { useFitKey } from "./use-fit-key";
import { smallest } from "./use-view-moves";

const nothing: never[] = [];

interface GraphFrameProps<Item> {
  /** Spoken name of the graph. */
  label: string;
  /** Every box of the drawing, whether in view or not. */
  items: readonly Item[];
  current: Item | null;
  /** Drawn as shapes: a press on one is found by its place. */
  far: boolean;
  view: {
    fit: () => void;
    /** Another drawing is there to be looked at. */
    open: () => void;
    /** Another box became the current one. */
    reveal: (item: Item) => void;
  };
  /** A press on the shape of a box, or beside all boxes. */
  onPress: (item: Item | null) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ReactNode;
}

/**
 * Dotted paper that is moved and scaled by the pointer. The library does that and no more: boxes and edges are drawn by us,
 * because it would wrap every box in an element and walk through all of them at every move.
 */
export function GraphFrame<Item extends Placed>(props: GraphFrameProps<Item>) {
  const { label, items, current, far, view, onPress, onKeyDown, children } = props;
  const flow = useReactFlow();
  useFitKey(view.fit);

  const onDrawn = useEffectEvent(view.open);
  useEffect(() => {
    // Another drawing places every box anew.
    if (items.length > 0) onDrawn();
  }, [items]);

  const currentId = current?.id;
  const onCurrent = useEffectEvent(() => {
    if (current) view.reveal(current);
  });
  useEffect(() => {
    if (currentId !== undefined) onCurrent();
  }, [currentId]);

  const onPaneClick = ({ clientX: x, clientY: y }: MouseEvent) =>
    onPress(far ? itemAt(items, flow.screenToFlowPosition({ x, y })) : null);

  return (
    <ReactFlow
      nodes={nothing}
      edges={nothing}
      onInit={view.open}
      onKeyDown={onKeyDown}
      onPaneClick={onPaneClick}
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
      aria-label={label}
      className="absolute! inset-0"
    >
      <Background
        variant={BackgroundVariant.Dots}
        gap={16}
        size={1.4}
        color="var(--line)"
        bgColor="var(--surface)"
      />
      {children}
    </ReactFlow>
  );
}
