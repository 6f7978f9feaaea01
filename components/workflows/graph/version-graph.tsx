"use client";

import { Panel, ReactFlowProvider, useStore, ViewportPortal } from "@xyflow/react";
import { type KeyboardEvent, useState } from "react";
import { FocusWishContext, newFocusWish } from "@/components/graph/focus-wish";
import { GraphFrame } from "@/components/graph/graph-frame";
import { useItemsInView } from "@/components/graph/use-items-in-view";
import { useViewMoves } from "@/components/graph/use-view-moves";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { hasModifier } from "@/components/shell/shell-keys";
import { formatPlural } from "@/lib/format";
import { arrowDirections, walk } from "@/lib/runs/graph-walk";
import { useVersion } from "../page/workflow-context";
import { VersionEdges } from "./version-edges";
import { VersionNode } from "./version-node";

const none: never[] = [];
/** Below this scale names cannot be read: boxes are shapes then, and thousands of them cost nothing. */
const farZoom = 0.4;

export function VersionGraph() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  const { view, byId, adjacency, selected, select } = useVersion();
  const moves = useViewMoves(view.nodes);
  const [focusWish] = useState(newFocusWish);
  const far = useStore((state) => state.transform[2] < farZoom);
  const inView = useItemsInView(far ? none : view.nodes);

  function onKeyDown(event: KeyboardEvent) {
    const direction = arrowDirections[event.key];
    if (!direction || hasModifier(event.nativeEvent)) return;
    event.preventDefault();
    const next = selected ? walk(selected, direction, byId, adjacency) : view.nodes[0];
    if (!next) return;
    focusWish.make();
    select(next.id);
  }

  return (
    <FocusWishContext value={focusWish}>
      <GraphFrame
        label={`Graph of ${formatPlural(view.nodes.length, "node")}. Arrow keys follow its edges.`}
        items={view.nodes}
        current={selected}
        far={far}
        view={{
          fit: moves.fit,
          // Another drawing is looked at as a whole.
          open: moves.fit,
          reveal: far ? moves.approach : moves.reveal,
        }}
        onPress={(node) => select(node?.id ?? null)}
        onKeyDown={onKeyDown}
      >
        <VersionEdges far={far} />
        <ViewportPortal>
          {inView.map((node) => (
            <VersionNode key={node.id} node={node} />
          ))}
        </ViewportPortal>
        <Panel position="bottom-right">
          <ZoomButtons view={moves} />
        </Panel>
      </GraphFrame>
    </FocusWishContext>
  );
}
