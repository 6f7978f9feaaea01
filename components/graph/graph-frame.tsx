"use client";

import "@xyflow/react/dist/base.css";
import "./graph.css";
import { Background, BackgroundVariant, ReactFlow, useReactFlow } from "@xyflow/react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useState,
} from "react";
import { hasModifier } from "@/components/shell/shell-keys";
import { itemAt, type Placed } from "@/lib/runs/graph-view";
import { arrowDirections, type WalkDirection } from "@/lib/runs/graph-walk";
import { FocusWishContext, newFocusWish } from "./focus-wish";
import { useFitKey } from "./use-fit-key";
import { smallest, type ViewMoves } from "./use-view-moves";

const nothing: never[] = [];
const panStep = 80;

interface GraphFrameProps<Item> {
  /** Spoken name of the graph. */
  label: string;
  /** Every box of the drawing, whether in view or not. */
  items: readonly Item[];
  current: Item | null;
  /** Drawn as shapes: a press on one is found by its place. */
  far: boolean;
  view: Pick<ViewMoves, "fit" | "zoomIn" | "zoomOut" | "pan"> & {
    /** Another drawing is there to be looked at. */
    open: () => void;
    /** Another box became the current one. */
    reveal: (item: Item) => void;
  };
  /** Where an arrow key leads; null at an end. */
  next: (direction: WalkDirection) => Item | null;
  /** By a press on its shape, or by an arrow key; null by a press beside all boxes. */
  onPick: (item: Item | null, how: "pick" | "walk") => void;
  children: ReactNode;
}

/**
 * Dotted paper that is moved and scaled by the pointer. The library does that and no more: boxes and edges are drawn by us,
 * because it would wrap every box in an element and walk through all of them at every move.
 */
export function GraphFrame<Item extends Placed>(props: GraphFrameProps<Item>) {
  const { label, items, current, far, view, next, onPick, children } = props;
  const flow = useReactFlow();
  const [focusWish] = useState(newFocusWish);
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
    onPick(far ? itemAt(items, flow.screenToFlowPosition({ x, y })) : null, "pick");

  function onKeyDown(event: KeyboardEvent) {
    if (hasModifier(event.nativeEvent)) return;
    const direction = arrowDirections[event.key];
    if (direction && event.shiftKey) view.pan(direction, panStep);
    else if (direction) {
      const item = next(direction);
      if (item) {
        focusWish.make();
        onPick(item, "walk");
      }
    } else if (event.key === "+" || event.key === "=") view.zoomIn();
    else if (event.key === "-") view.zoomOut();
    else return;
    event.preventDefault();
  }

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
      <FocusWishContext value={focusWish}>{children}</FocusWishContext>
    </ReactFlow>
  );
}
