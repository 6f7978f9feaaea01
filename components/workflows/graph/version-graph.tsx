"use client";

import "@xyflow/react/dist/base.css";
import "@/components/runs/run-page/graph/graph.css";
import {
  Background,
  BackgroundVariant,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useMemo } from "react";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/lib/format";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { useVersion } from "../page/workflow-context";
import { neighbour, type Way } from "./neighbour";
import { VersionEdges } from "./version-edges";
import { VersionNode } from "./version-node";

const nodeTypes = { version: VersionNode };
const noEdges: never[] = [];
const ways: Record<string, Way> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
/** Below this scale names cannot be read: boxes are shapes then, and thousands of them cost nothing. */
const readable = 0.4;
const fitting = { padding: 0.08, maxZoom: 1, duration: 0 };

export function VersionGraph() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  const version = useVersion();
  const { view, selected, select } = version;
  const flow = useReactFlow();
  const far = useStore((state) => state.transform[2] < readable);
  const nodes = useMemo(
    () =>
      view.nodes.map(({ id, x, y }) => ({
        id,
        type: "version",
        position: { x, y },
        data: {},
        width: nodeWidth,
        height: nodeHeight,
        measured: { width: nodeWidth, height: nodeHeight },
        handles: [],
        domAttributes: { "aria-roledescription": undefined },
      })),
    [view],
  );
  const bounds = useMemo(() => boundsOf(view.nodes), [view]);
  const showAll = () => void flow.fitBounds(bounds, fitting);

  const onView = useEffectEvent(showAll);
  useEffect(() => {
    // Another drawing is looked at as a whole.
    if (bounds.width > 0) onView();
  }, [bounds]);

  const selectedId = selected?.id;
  const onSelected = useEffectEvent(() => {
    if (selected) reveal(flow, selected);
  });
  useEffect(() => {
    if (selectedId !== undefined) onSelected();
  }, [selectedId]);

  const onPageKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key === "f" && !event.defaultPrevented && !hasModifier(event) && !isTyping(event.target))
      showAll();
  });
  useEffect(() => {
    document.addEventListener("keydown", onPageKey);
    return () => document.removeEventListener("keydown", onPageKey);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const way = ways[event.key];
    if (!way || hasModifier(event.nativeEvent)) return;
    event.preventDefault();
    const next = selected ? neighbour(version, selected, way) : view.nodes[0];
    if (!next) return;
    select(next.id);
    // The box may not be drawn yet: it takes the focus when it is.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-node-id="${CSS.escape(next.id)}"]`)?.focus(),
    );
  }

  function onPaneClick(event: MouseEvent) {
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const hit = far
      ? view.nodes.find(
          ({ x, y }) => at.x >= x && at.x <= x + nodeWidth && at.y >= y && at.y <= y + nodeHeight,
        )
      : undefined;
    select(hit?.id ?? null);
  }

  return (
    <ReactFlow
      nodes={far ? [] : nodes}
      edges={noEdges}
      nodeTypes={nodeTypes}
      onInit={showAll}
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
      minZoom={0.02}
      maxZoom={1.5}
      attributionPosition="top-right"
      aria-label={`Graph of ${formatPlural(view.nodes.length, "node")}. Arrow keys follow its edges.`}
      className="absolute! inset-0"
    >
      <Background
        variant={BackgroundVariant.Dots}
        gap={16}
        size={1.4}
        color="var(--line)"
        bgColor="var(--surface)"
      />
      <VersionEdges far={far} />
      <Panel position="bottom-right" className="flex gap-1">
        <ZoomButton name="Zoom out" icon={Minus} onClick={() => void flow.zoomOut()} />
        <ZoomButton name="Zoom in" icon={Plus} onClick={() => void flow.zoomIn()} />
        <ZoomButton name="Fit the graph (f)" icon={Maximize} onClick={showAll} />
      </Panel>
    </ReactFlow>
  );
}

function ZoomButton({ name, icon: Icon, onClick }: { name: string; icon: typeof Plus; onClick: () => void }) {
  return (
    <Button size="icon" aria-label={name} title={name} onClick={onClick}>
      <Icon size={14} aria-hidden="true" />
    </Button>
  );
}

function boundsOf(nodes: readonly { x: number; y: number }[]) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of nodes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + nodeWidth);
    bottom = Math.max(bottom, y + nodeHeight);
  }
  return nodes.length === 0
    ? { x: 0, y: 0, width: 1, height: 1 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Moves only where the box cannot be seen, or not be read. */
function reveal(flow: ReturnType<typeof useReactFlow>, { x, y }: { x: number; y: number }) {
  const frame = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (!frame) return;
  const { zoom } = flow.getViewport();
  const at = flow.flowToScreenPosition({ x, y });
  const inside =
    at.x >= frame.left &&
    at.y >= frame.top &&
    at.x + nodeWidth * zoom <= frame.right &&
    at.y + nodeHeight * zoom <= frame.bottom;
  if (inside && zoom >= readable) return;
  void flow.setCenter(x + nodeWidth / 2, y + nodeHeight / 2, { zoom: Math.max(zoom, 0.8), duration: 0 });
}
