"use client";

import { ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { edgeRouter, straightRouter } from "@/lib/runs/edge-routes";
import { foldAbove, type GraphItem, type GraphItems } from "@/lib/runs/graph-groups";
import { reach } from "@/lib/runs/graph-paths";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import { useGraph } from "./graph-context";
import { ToneBoxes } from "./tone-boxes";

/**
 * All edges in three paths and the filtered boxes in a fourth, whatever the size of the graph: six thousand edges as
 * elements of their own would be most of the page. Among more boxes than can be read, only the edges of the selected one
 * are drawn: all at once are a grey wall. From afar the boxes are shapes as well.
 */
export function GraphEdges({ far }: { far: boolean }) {
  const { drawing, current, adjacency, isShown } = useGraph();
  const routes = useMemo(() => routesOf(drawing), [drawing]);
  const broken = useBrokenEdges();
  const currentId = current?.id;
  const all = drawing.items.length <= foldAbove;
  // The longest path. In a graph of readable size it does not depend on the selection, and stays while one walks.
  const near = all ? undefined : currentId;
  const plainPath = useMemo(
    () => join(routes, (edge) => !broken.has(edge) && (all || edge.from === near || edge.to === near)),
    [routes, broken, all, near],
  );
  const brokenPath = useMemo(() => join(routes, (edge) => broken.has(edge)), [routes, broken]);
  const currentPath = useMemo(() => {
    if (currentId === undefined) return "";
    const upstream = reach([currentId], adjacency.up);
    return join(routes, ({ from, to }) => upstream.has(from) && (to === currentId || upstream.has(to)));
  }, [routes, currentId, adjacency]);
  // From afar a line of the graph's own scale would be thinner than a pixel.
  const effect = far ? "non-scaling-stroke" : undefined;
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        width="1"
        height="1"
        data-edges={routes.size}
        className="-z-1 pointer-events-none absolute top-0 left-0 overflow-visible [&>path]:fill-none"
      >
        <path d={outlines(drawing.items, isShown)} stroke="var(--line)" strokeDasharray="2 3" />
        <path d={plainPath} stroke="var(--line-strong)" strokeWidth={1.2} />
        <path d={brokenPath} stroke="var(--fail-line)" strokeWidth={1.4} strokeDasharray="3 3" />
        {far && <ToneBoxes />}
        <path d={currentPath} stroke="var(--text-2)" strokeWidth={1.4} vectorEffect={effect} />
        {far && current && (
          <rect
            x={current.x}
            y={current.y}
            width={nodeWidth}
            height={nodeHeight}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={3}
            vectorEffect={effect}
          />
        )}
      </svg>
    </ViewportPortal>
  );
}

type Edge = GraphItems["edges"][number];

/** Edges that lead from a failure to what has no result because of it. */
function useBrokenEdges(): ReadonlySet<Edge> {
  const { drawing, adjacency, statusOf } = useGraph();
  return useMemo(() => {
    const failed = drawing.items.filter((item) => statusOf.get(item.id) === "failed").map((item) => item.id);
    const sources = reach(failed, adjacency.down);
    for (const id of failed) sources.add(id);
    return new Set(
      drawing.edges.filter(({ from, to }) => {
        const status = statusOf.get(to);
        return sources.has(from) && status !== "succeeded" && status !== "running";
      }),
    );
  }, [drawing, adjacency, statusOf]);
}

/** By structure alone: kept until the drawing changes. Around thousands of boxes no way is clear, so edges go behind them. */
function routesOf({ items, edges }: GraphItems): ReadonlyMap<Edge, string> {
  const places = new Map(items.map((item) => [item.id, item]));
  const route = items.length > foldAbove ? straightRouter(places) : edgeRouter(places);
  return new Map(edges.map((edge) => [edge, route(edge.from, edge.to)]));
}

function join(routes: ReadonlyMap<Edge, string>, wanted: (edge: Edge) => boolean): string {
  let path = "";
  for (const [edge, route] of routes) if (wanted(edge)) path += route;
  return path;
}

function outlines(items: readonly GraphItem[], isShown: (item: GraphItem) => boolean): string {
  const hidden = items.filter((item) => !isShown(item));
  return hidden.map(({ x, y }) => `M${x} ${y}h${nodeWidth}v${nodeHeight}h${-nodeWidth}z`).join("");
}
