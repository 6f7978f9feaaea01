import { cn } from "@/components/ui/cn";

interface SparklineProps {
  parts: readonly number[];
  className?: string;
}

const height = 20;
const gap = 0.25;

/** Rows along the episode, each line by its own greatest part: it shows when, the count beside it shows how many. */
export function Sparkline({ parts, className }: SparklineProps) {
  const most = Math.max(...parts, Number.MIN_VALUE);
  const bars = parts
    .map((rows, place) => {
      if (rows <= 0) return "";
      // One row among thousands is still seen.
      const tall = Math.max(1.5, (rows / most) * height);
      return `M${place + gap} ${height}V${height - tall}h${1 - 2 * gap}V${height}z`;
    })
    .join("");
  return (
    <svg
      viewBox={`0 0 ${parts.length} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={cn("block h-5 w-full border-line border-b", className)}
    >
      <path d={bars} className="fill-lv-info" />
    </svg>
  );
}
