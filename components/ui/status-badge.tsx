import { cn } from "./cn";
import { type GlyphShape, type GlyphTone, StatusGlyph } from "./status-glyph";

const word: Record<GlyphTone, string> = {
  ok: "text-ok-text",
  run: "text-run-text",
  fail: "text-fail-text",
  warn: "text-warn-text",
  off: "text-text-2",
};

interface StatusBadgeProps {
  /** An entry of a status module (runStatus, taskStatus, …). */
  status: { label: string; tone: GlyphTone; shape?: GlyphShape };
  className?: string;
}

/** Shape, word, colour, in that order: a page printed in grey still reads. */
export function StatusBadge({ status, className }: StatusBadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap align-middle font-medium",
        word[status.tone],
        className,
      )}
    >
      <StatusGlyph tone={status.tone} shape={status.shape} />
      {status.label}
    </span>
  );
}
