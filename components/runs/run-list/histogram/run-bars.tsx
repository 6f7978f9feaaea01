import { useId } from "react";
import type { RunHistogram } from "@/lib/runs/list/histogram-schema";
import { stackOrder, statusFill, totalOf } from "./status-series";

interface RunBarsProps {
  buckets: RunHistogram["buckets"];
  /** Bars that are pointed at or chosen. */
  selected: { first: number; last: number } | null;
  choosing: boolean;
}

const pitch = 10;
const gap = 1;
const height = 44;

/** Bars stacked by status, in a box of its own units, so that no pixel has to be measured. What is not counted is hatched. */
export function RunBars({ buckets, selected, choosing }: RunBarsProps) {
  const hatch = useId();
  const width = buckets.length * pitch;
  const tallest = Math.max(1, ...buckets.map(({ counts }) => totalOf(counts)));
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block h-11 w-full"
    >
      <defs>
        <pattern id={hatch} width="3" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(30)">
          <path d="M0 0V6" className="stroke-line-strong" strokeWidth="1" />
        </pattern>
      </defs>
      <path d={`M0 ${height - 0.5}H${width}`} className="stroke-line" vectorEffect="non-scaling-stroke" />
      {selected && (
        <rect
          x={selected.first * pitch}
          y="0"
          width={(selected.last - selected.first + 1) * pitch}
          height={height}
          className={choosing ? "fill-accent-tint" : "fill-hover"}
        />
      )}
      {buckets.map(({ at, counts }, index) => {
        const x = index * pitch + gap / 2;
        if (!counts)
          return (
            <rect key={at} x={x} y={8} width={pitch - gap} height={height - 8} fill={`url(#${hatch})`} />
          );
        let top = height;
        return stackOrder.map((status) => {
          if (counts[status] === 0) return null;
          // One run among thousands is still seen.
          const tall = Math.max(1.5, (counts[status] / tallest) * (height - 2));
          top -= tall;
          return (
            <rect
              key={`${at} ${status}`}
              x={x}
              y={top}
              width={pitch - gap}
              height={tall}
              className={statusFill[status]}
            />
          );
        });
      })}
    </svg>
  );
}
