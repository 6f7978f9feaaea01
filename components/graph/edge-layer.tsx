"use client";

import { ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";

interface EdgeLayerProps {
  /** How many edges there are, for those who count. */
  edges: number;
  far: boolean;
  children: ReactNode;
}

/** Paths behind the boxes, in the graph's own scale. */
export function EdgeLayer({ edges, far, children }: EdgeLayerProps) {
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        width="1"
        height="1"
        data-edges={edges}
        // From afar a line in the graph's own scale would be thinner than a pixel.
        data-far={far || undefined}
        className="-z-1 pointer-events-none absolute top-0 left-0 overflow-visible [&>path]:fill-none data-far:[&>*]:[vector-effect:non-scaling-stroke]"
      >
        {children}
      </svg>
    </ViewportPortal>
  );
}
