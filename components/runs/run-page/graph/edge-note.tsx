"use client";

import { foldAbove } from "@/lib/runs/graph-groups";
import { useGraph } from "./graph-context";

/** Says what is left out, so that a missing line is not read as a missing dependency. */
export function EdgeNote() {
  const { drawing } = useGraph();
  if (drawing.items.length <= foldAbove) return null;
  return (
    <p className="absolute top-2 left-2 z-5 rounded-1 bg-surface px-1.5 text-11 text-text-3">
      Edges of the selected task only
    </p>
  );
}
