"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { useQueryStates } from "nuqs";
import { boundsOf } from "@/lib/runs/graph-view";
import { runPageParams } from "@/lib/runs/run-page-params";
import { EdgeNote } from "./edge-note";
import { GraphCanvas } from "./graph-canvas";
import { GraphProvider, useGraph } from "./graph-context";
import { GraphOutline } from "./graph-outline";
import { GraphToolbar } from "./graph-toolbar";

/** Room above and below the boxes, and for the tools under them. */
const margin = 64;

export function RunGraph() {
  return (
    <GraphProvider>
      <ReactFlowProvider>
        <GraphPane />
      </ReactFlowProvider>
    </GraphProvider>
  );
}

/** As high as its boxes need, from 256 px to a good half of the pane. */
function GraphPane() {
  const { drawing } = useGraph();
  const [{ outline }] = useQueryStates(runPageParams);
  const { top, bottom } = boundsOf(drawing.items);
  const needed = bottom - top + margin;
  return (
    <div
      className="relative max-h-[56%] min-h-64 shrink-0 border-line border-b max-md:hidden"
      style={{ flexBasis: needed }}
    >
      {outline ? (
        <GraphOutline />
      ) : (
        <>
          <GraphCanvas />
          <EdgeNote />
        </>
      )}
      <GraphToolbar />
    </div>
  );
}
