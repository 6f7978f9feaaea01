"use client";

import { memo, useMemo } from "react";
import { cn } from "@/components/ui/cn";
import { type LogLevel, logLevels } from "@/lib/logs/level";
import { type Bar, barPaths } from "@/lib/logs/view/histogram-bars";
import { levelFill } from "../../level-style";

interface HistogramChartProps {
  bars: readonly Bar[];
  /** Levels of the filter; the others are drawn pale. None: all. */
  chosen: readonly LogLevel[];
  /** Pixels above the bars that are left free. */
  top: number;
  /** Part of the width that is on screen in the list. */
  inView: { from: number; to: number } | null;
  /** Bars that are pointed at or chosen. */
  selected: { first: number; last: number } | null;
  choosing: boolean;
}

const pitch = 8;
const height = 72;

/** Bars stacked by level. Drawn in a box of its own units, so that no pixel has to be measured. */
export function HistogramChart({ bars, chosen, top, inView, selected, choosing }: HistogramChartProps) {
  const width = bars.length * pitch;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block h-18 w-full max-md:h-14"
    >
      <path d={`M0 ${height - 0.5}H${width}`} className="stroke-line" vectorEffect="non-scaling-stroke" />
      <Bars bars={bars} chosen={chosen} top={top} />
      {inView && <Frame from={inView.from * width} to={inView.to * width} />}
      {selected && !choosing && (
        <rect
          x={selected.first * pitch - 0.5}
          y="0"
          width={(selected.last - selected.first + 1) * pitch}
          height={height}
          className="fill-text opacity-10"
        />
      )}
      {selected && choosing && (
        <Frame from={selected.first * pitch - 0.5} to={(selected.last + 1) * pitch - 0.5} strong />
      )}
    </svg>
  );
}

/** Apart, so that a pointer that moves draws no bar again. */
const Bars = memo(function Bars({ bars, chosen, top }: Pick<HistogramChartProps, "bars" | "chosen" | "top">) {
  const paths = useMemo(() => barPaths(bars, chosen, { height, pitch, top }), [bars, chosen, top]);
  return (
    <>
      <path d={paths.others} className="fill-line-strong" />
      {logLevels.map((level) => (
        <path key={level} d={paths.levels[level]} className={levelFill[level]} />
      ))}
    </>
  );
});

function Frame({ from, to, strong = false }: { from: number; to: number; strong?: boolean }) {
  return (
    <>
      <rect
        x={from}
        y="0"
        width={Math.max(0.5, to - from)}
        height={height}
        className={cn("fill-accent", strong ? "opacity-20" : "opacity-10")}
      />
      <path
        d={`M${from} 0V${height}M${to} 0V${height}`}
        className="fill-none stroke-accent"
        vectorEffect="non-scaling-stroke"
      />
    </>
  );
}
