"use client";

import { useQueryStates } from "nuqs";
import { type PointerEvent, type ReactNode, useState } from "react";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TimeScale } from "@/lib/runs/time-scale";
import type { TimeSpan } from "@/lib/runs/timeline";

interface AxisBrushProps {
  whole: TimeSpan | null;
  scale: TimeScale | null;
  children: ReactNode;
}

/** Narrower is a press, not a drag. */
const leastShare = 0.01;

/** A drag over the time axis shows that part alone. Buttons beside it do the same for the keyboard. */
export function AxisBrush({ whole, scale, children }: AxisBrushProps) {
  const [{ at }, setParams] = useQueryStates(runPageParams);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  if (!whole || !scale) return children;
  const [left, right] = drag ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : [0, 0];

  function end() {
    setDrag(null);
    if (!whole || !scale || !drag) return;
    if (right - left < leastShare) {
      // While one looks back, a press goes there.
      if (at) void setParams({ at: new Date(Math.round(scale.momentAt(drag.to))) });
      return;
    }
    const part = [left, right].map((at) => Math.round(scale.momentAt(at) - whole.startMs));
    void setParams({ zoom: part }, { history: "push" });
  }

  return (
    // For the pointer alone: "Zoom to the selected task" and "Show the whole run" are buttons.
    <div
      className="relative -my-1 cursor-crosshair touch-none py-1"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = shareOf(event);
        setDrag({ from: at, to: at });
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: shareOf(event) })}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      {children}
      {drag && (
        <span
          aria-hidden="true"
          className="absolute inset-y-0 border-accent border-x bg-accent-tint opacity-70"
          style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
        />
      )}
    </div>
  );
}

function shareOf(event: PointerEvent<HTMLElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
}
