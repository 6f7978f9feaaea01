"use client";

import { useReactFlow, useStore } from "@xyflow/react";
import type { PointerEvent } from "react";
import { boundsOf } from "@/lib/runs/graph-view";
import { useGraph } from "./graph-context";
import { ToneBoxes } from "./tone-boxes";

/** With fewer boxes the graph itself is the overview. */
const showFrom = 40;
const mostWide = 132;
const mostHigh = 84;

/** The whole graph in one corner, with the frame of what is in view. A press or a drag goes there. */
export function GraphMinimap() {
  const { drawing } = useGraph();
  const flow = useReactFlow();
  if (drawing.items.length < showFrom) return null;
  const { right: wide, bottom: high } = boundsOf(drawing.items);
  const scale = Math.min(mostWide / wide, mostHigh / high);
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / scale;
    const y = (event.clientY - box.top) / scale;
    flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <div className="nopan nowheel absolute bottom-2 left-2 z-5 rounded-1 border border-line-strong bg-canvas p-1">
      {/* Keys move the view as well, so this is for the pointer alone. */}
      <svg
        aria-hidden="true"
        width={wide * scale}
        height={high * scale}
        viewBox={`0 0 ${wide} ${high}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={go}
      >
        <ToneBoxes />
        <ViewFrame scale={scale} />
      </svg>
    </div>
  );
}

/** Alone follows the view, so panning draws one rectangle and not the map. */
function ViewFrame({ scale }: { scale: number }) {
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  return (
    <rect
      x={-x / zoom}
      y={-y / zoom}
      width={width / zoom}
      height={height / zoom}
      fill="none"
      stroke="var(--accent)"
      strokeWidth={1.5 / scale}
    />
  );
}
