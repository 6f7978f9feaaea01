"use client";

import { ViewportPortal } from "@xyflow/react";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { useGraph } from "./graph-context";
import { ToneBoxes } from "./tone-boxes";
import { useEdgePaths } from "./use-edge-paths";

/**
 * All edges in a few paths, whatever the size of the graph: six thousand edges as elements of their own would be most of
 * the page. Filtered boxes stay as outlines; from afar all boxes are shapes as well.
 */
export function GraphEdges({ far }: { far: boolean }) {
  const { drawing, current, isShown } = useGraph();
  const { plainPath, hiddenPath, brokenPath, currentPath } = useEdgePaths();
  const hidden = drawing.items.filter((item) => !isShown(item));
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        width="1"
        height="1"
        data-edges={drawing.edges.length}
        // From afar a line in the graph's own scale would be thinner than a pixel.
        data-far={far || undefined}
        className="-z-1 pointer-events-none absolute top-0 left-0 overflow-visible [&>path]:fill-none data-far:[&>*]:[vector-effect:non-scaling-stroke]"
      >
        <path d={outlines(hidden)} stroke="var(--line-strong)" strokeDasharray="2 3" />
        <path d={hiddenPath} stroke="var(--line)" strokeWidth={1.2} />
        <path d={plainPath} stroke="var(--line-strong)" strokeWidth={1.2} />
        <path d={brokenPath} stroke="var(--fail-line)" strokeWidth={1.4} strokeDasharray="3 3" />
        {far && <ToneBoxes />}
        <path d={currentPath} stroke="var(--text-2)" strokeWidth={1.4} />
        {far && current && (
          <path d={outlines([current])} stroke="var(--accent)" strokeWidth={3} strokeLinejoin="round" />
        )}
      </svg>
    </ViewportPortal>
  );
}

function outlines(items: readonly GraphItem[]): string {
  return items.map(({ x, y }) => `M${x} ${y}h${nodeWidth}v${nodeHeight}h${-nodeWidth}z`).join("");
}
