"use client";

import { useReactFlow, useStore } from "@xyflow/react";
import type { PointerEvent } from "react";
import { itemSummary } from "@/lib/runs/item-summary";
import { nodeHeight, nodeWidth } from "@/lib/runs/layout";
import type { StatusTone } from "@/lib/runs/status";
import { taskStatus } from "@/lib/runs/status";
import { useRunPage } from "../run-page-context";
import { useGraph } from "./graph-context";

/** With fewer boxes the graph itself is the overview. */
const showFrom = 40;
const mostWide = 132;
const mostHigh = 84;

const fill: Record<StatusTone, string> = {
  ok: "var(--ok-soft)",
  run: "var(--run-solid)",
  fail: "var(--fail-solid)",
  warn: "var(--warn-solid)",
  off: "var(--line-strong)",
};
/** Drawn last is drawn on top: what broke must be seen among thousands. */
const drawOrder = ["off", "ok", "warn", "run", "fail"] as const satisfies readonly StatusTone[];

/** The whole graph in one corner, a path per colour, with the frame of what is in view. A press or a drag goes there. */
export function GraphMinimap() {
  const { drawing, isShown } = useGraph();
  const { taskByNode, run } = useRunPage();
  if (drawing.items.length < showFrom) return null;
  const wide = Math.max(...drawing.items.map((item) => item.x)) + nodeWidth;
  const high = Math.max(...drawing.items.map((item) => item.y)) + nodeHeight;
  const paths: Record<StatusTone, string> = { ok: "", run: "", fail: "", warn: "", off: "" };
  for (const item of drawing.items) {
    if (!isShown(item)) continue;
    const { tone } = taskStatus[itemSummary(item, taskByNode, run.asOf).status];
    paths[tone] += `M${item.x} ${item.y}h${nodeWidth}v${nodeHeight}h${-nodeWidth}z`;
  }
  return (
    <MapFrame wide={wide} high={high}>
      {drawOrder.map((tone) => (
        <path key={tone} d={paths[tone]} fill={fill[tone]} />
      ))}
    </MapFrame>
  );
}

function MapFrame({ wide, high, children }: { wide: number; high: number; children: React.ReactNode }) {
  const flow = useReactFlow();
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
        {children}
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
