"use client";

import { Panel, ReactFlowProvider, useStore, ViewportPortal } from "@xyflow/react";
import { GraphFrame } from "@/components/graph/graph-frame";
import { useItemsInView } from "@/components/graph/use-items-in-view";
import { useViewMoves } from "@/components/graph/use-view-moves";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { formatPlural } from "@/lib/format";
import { walk } from "@/lib/runs/graph-walk";
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
  const far = useStore((state) => state.transform[2] < farZoom);
  const inView = useItemsInView(far ? none : view.nodes);

  return (
    <GraphFrame
      label={`Graph of ${formatPlural(view.nodes.length, "node")}. Arrow keys follow its edges.`}
      items={view.nodes}
      current={selected}
      far={far}
      // Another drawing is looked at as a whole; what was chosen in it, so near that one can read it.
      view={{ ...moves, open: moves.fit, reveal: far ? moves.approach : moves.reveal }}
      next={(direction) => (selected ? walk(selected, direction, byId, adjacency) : (view.nodes[0] ?? null))}
      onPick={(node) => select(node?.id ?? null)}
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
  );
}
