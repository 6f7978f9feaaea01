"use client";

import { ViewportPortal } from "@xyflow/react";
import { edgeRouter } from "@/lib/runs/edge-routes";
import type { GraphItem, GraphItems } from "@/lib/runs/graph-groups";
import { reach } from "@/lib/runs/graph-paths";
import { itemSummary } from "@/lib/runs/item-summary";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { useRunPage } from "../run-page-context";
import { useGraph } from "./graph-context";

/**
 * All edges in three paths and the filtered boxes in a fourth, whatever the size of the graph: six thousand edges as
 * elements of their own would be most of the page. A path is drawn anew only when its own edges change.
 */
export function GraphEdges() {
  const { drawing, items, current, adjacency, isShown } = useGraph();
  const { taskByNode, run } = useRunPage();
  const routed = routes(drawing);

  const status = (id: string) => {
    const item = items.get(id);
    return item && itemSummary(item, taskByNode, run.asOf).status;
  };
  const failed = drawing.items.filter((item) => status(item.id) === "failed").map((item) => item.id);
  const behind = reach(failed, adjacency.down);
  const broken = new Set(failed);
  const upstream = current ? reach([current.id], adjacency.up) : new Set<string>();

  const isBroken = (from: string, to: string) =>
    (broken.has(from) || behind.has(from)) && status(to) !== "succeeded" && status(to) !== "running";
  const isPath = (from: string, to: string) =>
    current !== null && upstream.has(from) && (to === current.id || upstream.has(to));

  let plainPath = "";
  let pathPath = "";
  let brokenPath = "";
  for (const { from, to, path } of routed) {
    if (isBroken(from, to)) brokenPath += path;
    else plainPath += path;
    if (isPath(from, to)) pathPath += path;
  }
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        width="1"
        height="1"
        data-edges={routed.length}
        className="-z-1 pointer-events-none absolute top-0 left-0 overflow-visible [&>path]:fill-none"
      >
        <path
          d={outlines(drawing.items.filter((item) => !isShown(item)))}
          stroke="var(--line)"
          strokeDasharray="2 3"
        />
        <path d={plainPath} stroke="var(--line-strong)" strokeWidth={1.2} />
        <path d={brokenPath} stroke="var(--fail-line)" strokeWidth={1.4} strokeDasharray="3 3" />
        <path d={pathPath} stroke="var(--text-2)" strokeWidth={1.4} />
      </svg>
    </ViewportPortal>
  );
}

/** By structure alone; the compiler keeps it until the drawing changes. */
function routes({ items, edges }: GraphItems) {
  const route = edgeRouter(new Map(items.map((item) => [item.id, item])));
  return edges.map(({ from, to }) => ({ from, to, path: route(from, to) }));
}

function outlines(items: readonly GraphItem[]): string {
  return items.map(({ x, y }) => `M${x} ${y}h${nodeWidth}v${nodeHeight}h${-nodeWidth}z`).join("");
}
