"use client";

import { ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { edgeRouter, straightRouter } from "@/lib/runs/edge-routes";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import type { Mark, ViewNode } from "@/lib/workflows/version-view";
import { useVersion } from "../page/workflow-context";

/** Above this many boxes no way around them is clear, so edges go behind them. */
const mostRouted = 300;
const fill: Record<Mark, string> = {
  same: "var(--line-strong)",
  added: "var(--ok-solid)",
  removed: "var(--fail-solid)",
  changed: "var(--warn-solid)",
};

/** All edges in a path for each of their kinds: thousands of elements would be most of the page. From afar the boxes too. */
export function VersionEdges({ far }: { far: boolean }) {
  const { view, byId, selected } = useVersion();
  const routed = useMemo(() => {
    const route = view.nodes.length > mostRouted ? straightRouter(byId) : edgeRouter(byId);
    return view.edges.map((edge) => ({ ...edge, path: route(edge.from, edge.to) }));
  }, [view, byId]);
  const pathOf = (mark: string) => routed.flatMap((edge) => (edge.mark === mark ? edge.path : [])).join("");
  const near = selected
    ? routed
        .flatMap(({ from, to, path }) => (from === selected.id || to === selected.id ? path : []))
        .join("")
    : "";
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        width="1"
        height="1"
        data-edges={view.edges.length}
        data-far={far || undefined}
        className="-z-1 pointer-events-none absolute top-0 left-0 overflow-visible [&>path]:fill-none data-far:[&>*]:[vector-effect:non-scaling-stroke]"
      >
        <path d={pathOf("same")} stroke="var(--line-strong)" strokeWidth={1.2} />
        <path d={pathOf("removed")} stroke="var(--fail-solid)" strokeWidth={1.4} strokeDasharray="4 3" />
        <path d={pathOf("added")} stroke="var(--ok-solid)" strokeWidth={2} />
        <path d={near} stroke="var(--text-2)" strokeWidth={1.4} />
        {far && <Shapes nodes={view.nodes} selectedId={selected?.id} />}
      </svg>
    </ViewportPortal>
  );
}

function Shapes({ nodes, selectedId }: { nodes: readonly ViewNode[]; selectedId: string | undefined }) {
  return (["same", "changed", "removed", "added"] as const)
    .map((mark) => (
      <path
        key={mark}
        d={nodes.flatMap((node) => (node.mark === mark ? box(node) : [])).join("")}
        style={{ fill: mark === "same" ? "var(--canvas)" : fill[mark] }}
        stroke={fill[mark]}
      />
    ))
    .concat(
      nodes
        .filter(({ id }) => id === selectedId)
        .map((node) => <path key="selected" d={box(node)} stroke="var(--accent)" strokeWidth={3} />),
    );
}

const box = ({ x, y }: ViewNode) => `M${x} ${y}h${nodeWidth}v${nodeHeight}h${-nodeWidth}z`;
