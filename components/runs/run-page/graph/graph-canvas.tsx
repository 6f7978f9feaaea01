"use client";

import { useStore, ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { GraphFrame } from "@/components/graph/graph-frame";
import { useItemsInView } from "@/components/graph/use-items-in-view";
import { useViewMoves } from "@/components/graph/use-view-moves";
import { foldAbove } from "@/lib/runs/graph-groups";
import { walk } from "@/lib/runs/graph-walk";
import { useRunPage } from "../run-page-context";
import { GraphBox } from "./graph-box";
import { useGraph } from "./graph-context";
import { GraphEdges } from "./graph-edges";
import { GraphMinimap } from "./graph-minimap";

/** From this far a big graph is drawn as coloured shapes: nobody could read its boxes, and there would be thousands. */
const farZoom = 0.55;

export function GraphCanvas() {
  const { drawing, items, adjacency, current, isShown, pick } = useGraph();
  const { tasks } = useRunPage();
  const moves = useViewMoves(drawing.items);
  const far = useStore((state) => drawing.items.length > foldAbove && state.transform[2] < farZoom);
  const asBoxes = useMemo(() => {
    if (!far) return drawing.items.filter(isShown);
    // The selected box stays a button, so that the keyboard does not lose its place.
    return current ? [current] : [];
  }, [far, drawing, isShown, current]);
  const inView = useItemsInView(asBoxes);

  return (
    <GraphFrame
      label={`Graph of ${tasks.length} tasks. Arrow keys follow its edges.`}
      items={drawing.items}
      current={current}
      far={far}
      view={{ ...moves, open: () => moves.open(current) }}
      next={(direction) => current && walk(current, direction, items, adjacency)}
      onPick={(item, how) => item && pick(item, how)}
    >
      <GraphEdges far={far} />
      <ViewportPortal>
        {inView.map((item) => (
          <GraphBox key={item.id} item={item} />
        ))}
      </ViewportPortal>
      <GraphMinimap />
    </GraphFrame>
  );
}
