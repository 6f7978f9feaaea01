"use client";

import type { ControlPreview } from "@/lib/runs/control-preview-schema";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import type { PlacedNode, RunGraph } from "@/lib/runs/schema";

/** The run's graph in small: what stays, what runs again, and where that begins. The list under it says the same in words. */
export function AffectedMap({ graph, preview }: { graph: RunGraph; preview: ControlPreview }) {
  const touched = new Map(preview.tasks.map(({ nodeId, chosen }) => [nodeId, chosen]));
  const { nodes, width, height } = graph;
  if (nodes.length < 2) return null;
  const chosen = nodes.filter(({ id }) => touched.get(id) === true);
  const behind = nodes.filter(({ id }) => touched.get(id) === false);
  const kept = nodes.filter(({ id }) => !touched.has(id));
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
      className="mb-3 block h-24 w-full rounded-2 border border-line bg-canvas"
    >
      <path d={boxes(kept)} className="fill-line-strong" />
      <path d={boxes(behind)} className="fill-run-solid" />
      <path d={boxes(chosen)} className="fill-accent" />
    </svg>
  );
}

function boxes(nodes: readonly PlacedNode[]): string {
  return nodes.map(({ x, y }) => `M${x} ${y}h${nodeWidth}v${nodeHeight}h${-nodeWidth}z`).join("");
}
