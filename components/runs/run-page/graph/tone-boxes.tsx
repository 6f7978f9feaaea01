"use client";

import { useMemo } from "react";
import { outlinesOf } from "@/lib/runs/graph-view";
import { type StatusTone, taskStatus } from "@/lib/runs/status";
import { useGraph } from "./graph-context";

const fill: Record<StatusTone, string> = {
  ok: "var(--ok-soft)",
  run: "var(--run-solid)",
  fail: "var(--fail-solid)",
  warn: "var(--warn-solid)",
  off: "var(--line-strong)",
};
/** Drawn last is drawn on top: what broke must be seen among thousands. */
const drawOrder = ["off", "ok", "warn", "run", "fail"] as const satisfies readonly StatusTone[];

/** Every box as a shape in the colour of its status: five paths, however many boxes. Goes into an `svg`. */
export function ToneBoxes() {
  const { drawing, isShown, statusOf } = useGraph();
  const paths = useMemo(() => {
    const byTone: Record<StatusTone, string> = { ok: "", run: "", fail: "", warn: "", off: "" };
    for (const item of drawing.items) {
      if (!isShown(item)) continue;
      const { tone } = taskStatus[statusOf.get(item.id) ?? "pending"];
      byTone[tone] += outlinesOf([item]);
    }
    return byTone;
  }, [drawing, isShown, statusOf]);
  return drawOrder.map((tone) => <path key={tone} d={paths[tone]} style={{ fill: fill[tone] }} />);
}
