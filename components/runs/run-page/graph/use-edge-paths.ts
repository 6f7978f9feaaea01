"use client";

import { useMemo } from "react";
import { routerFor } from "@/lib/runs/edge-routes";
import { foldAbove, type GraphItems } from "@/lib/runs/graph-groups";
import { reach } from "@/lib/runs/graph-paths";
import { useGraph } from "./graph-context";

type Edge = GraphItems["edges"][number];
type Routes = ReadonlyMap<Edge, string>;

/** What is said about the edges, an SVG path each. They change apart: walking from box to box changes only the last. */
export function useEdgePaths() {
  const { drawing, current, adjacency, isShown } = useGraph();
  const routes = useMemo(() => routesOf(drawing), [drawing]);
  const broken = useBrokenEdges();
  const hidden = useMemo(() => {
    const ids = new Set(drawing.items.filter((item) => !isShown(item)).map((item) => item.id));
    return (edge: Edge) => ids.has(edge.from) || ids.has(edge.to);
  }, [drawing, isShown]);
  const currentId = current?.id;
  // Among more boxes than can be read, all edges at once are a grey wall: only those of the selected box are drawn.
  const near = drawing.items.length > foldAbove ? (currentId ?? null) : undefined;

  const plainPath = useMemo(() => {
    const isNear = (edge: Edge) => near === undefined || edge.from === near || edge.to === near;
    return join(routes, (edge) => isNear(edge) && !broken.has(edge) && !hidden(edge));
  }, [routes, broken, hidden, near]);
  const hiddenPath = useMemo(() => (near === undefined ? join(routes, hidden) : ""), [routes, hidden, near]);
  const brokenPath = useMemo(
    () => join(routes, (edge) => broken.has(edge) && !hidden(edge)),
    [routes, broken, hidden],
  );
  const currentPath = useMemo(() => {
    if (currentId === undefined) return "";
    const upstream = reach([currentId], adjacency.up);
    return join(routes, ({ from, to }) => upstream.has(from) && (to === currentId || upstream.has(to)));
  }, [routes, currentId, adjacency]);
  return { plainPath, hiddenPath, brokenPath, currentPath };
}

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

/** By structure alone. */
function routesOf({ items, edges }: GraphItems): Routes {
  const route = routerFor(new Map(items.map((item) => [item.id, item])));
  return new Map(edges.map((edge) => [edge, route(edge.from, edge.to)]));
}

function join(routes: Routes, wanted: (edge: Edge) => boolean): string {
  let path = "";
  for (const [edge, route] of routes) if (wanted(edge)) path += route;
  return path;
}
