"use client";

import { useMemo } from "react";
import { EdgeLayer } from "@/components/graph/edge-layer";
import { routerFor } from "@/lib/runs/edge-routes";
import { outlinesOf } from "@/lib/runs/graph-view";
import type { Mark } from "@/lib/workflows/version-view";
import { useVersion } from "../page/workflow-context";

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
    const route = routerFor(byId);
    return view.edges.map((edge) => ({ ...edge, path: route(edge.from, edge.to) }));
  }, [view, byId]);
  const pathOf = (mark: string) => routed.flatMap((edge) => (edge.mark === mark ? edge.path : [])).join("");
  const near = selected
    ? routed
        .flatMap(({ from, to, path }) => (from === selected.id || to === selected.id ? path : []))
        .join("")
    : "";
  return (
    <EdgeLayer edges={view.edges.length} far={far}>
      <path d={pathOf("same")} stroke="var(--line-strong)" strokeWidth={1.2} />
      <path d={pathOf("removed")} stroke="var(--fail-solid)" strokeWidth={1.4} strokeDasharray="4 3" />
      <path d={pathOf("added")} stroke="var(--ok-solid)" strokeWidth={2} />
      <path d={near} stroke="var(--text-2)" strokeWidth={1.4} />
      {far && <Shapes />}
    </EdgeLayer>
  );
}

function Shapes() {
  const { view, selected } = useVersion();
  return (
    <>
      {(["same", "changed", "removed", "added"] as const).map((mark) => (
        <path
          key={mark}
          d={outlinesOf(view.nodes.filter((node) => node.mark === mark))}
          style={{ fill: mark === "same" ? "var(--canvas)" : fill[mark] }}
          stroke={fill[mark]}
        />
      ))}
      {selected && <path d={outlinesOf([selected])} stroke="var(--accent)" strokeWidth={3} />}
    </>
  );
}
