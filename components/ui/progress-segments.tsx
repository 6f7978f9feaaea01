import { cn } from "./cn";
import type { GlyphTone } from "./status-glyph";

export interface ProgressSegment {
  label: string;
  count: number;
  tone: GlyphTone;
}

const fill: Record<GlyphTone, string> = {
  ok: "bg-ok-solid",
  run: "bg-run-solid",
  fail: "bg-fail-solid",
  warn: "bg-warn-solid",
  off: "bg-line-strong",
};

interface ProgressSegmentsProps {
  segments: readonly ProgressSegment[];
  /** 4 px in rows, 6 px in a head. */
  size?: 4 | 6;
  className?: string;
}

/** Shares of a whole, to scale; what is not nothing gets at least two pixels. Spoken as "8 succeeded, 1 failed". */
export function ProgressSegments({ segments, size = 4, className }: ProgressSegmentsProps) {
  const shown = segments.filter((segment) => segment.count > 0);
  const spoken = shown.map((segment) => `${segment.count} ${segment.label.toLowerCase()}`).join(", ");
  return (
    <span
      role="img"
      aria-label={spoken || "No tasks"}
      title={spoken}
      className={cn(
        "flex gap-px overflow-hidden rounded-[2px] bg-active",
        size === 4 ? "h-1" : "h-1.5",
        className,
      )}
    >
      {shown.map((segment) => (
        <span key={segment.label} className={fill[segment.tone]} style={{ flex: `${segment.count} 0 2px` }} />
      ))}
    </span>
  );
}
