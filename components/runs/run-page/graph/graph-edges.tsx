"use client";

import { EdgeLayer } from "@/components/graph/edge-layer";
import { outlinesOf } from "@/lib/runs/graph-view";
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
    <EdgeLayer edges={drawing.edges.length} far={far}>
      <path d={outlinesOf(hidden)} stroke="var(--line-strong)" strokeDasharray="2 3" />
      <path d={hiddenPath} stroke="var(--line)" strokeWidth={1.2} />
      <path d={plainPath} stroke="var(--line-strong)" strokeWidth={1.2} />
      <path d={brokenPath} stroke="var(--fail-line)" strokeWidth={1.4} strokeDasharray="3 3" />
      {far && <ToneBoxes />}
      <path d={currentPath} stroke="var(--text-2)" strokeWidth={1.4} />
      {far && current && (
        <path d={outlinesOf([current])} stroke="var(--accent)" strokeWidth={3} strokeLinejoin="round" />
      )}
    </EdgeLayer>
  );
}
