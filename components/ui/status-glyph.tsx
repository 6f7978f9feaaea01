import { cn } from "./cn";

/** The shapes themselves stand in app/glyphs.css. */
export type GlyphShape =
  | "check"
  | "cross"
  | "turning"
  | "warning"
  | "dashed"
  | "ring"
  | "skipped"
  | "stopped"
  | "disc";
export type GlyphTone = "ok" | "run" | "fail" | "warn" | "off";

const color: Record<GlyphTone, string> = {
  ok: "before:text-ok-solid",
  run: "before:text-run-solid",
  fail: "before:text-fail-solid",
  warn: "before:text-warn-solid",
  off: "before:text-line-control",
};

const usual: Record<GlyphTone, GlyphShape> = {
  ok: "check",
  run: "turning",
  fail: "cross",
  warn: "warning",
  off: "ring",
};

const sizes = { 10: "[--glyph-size:10px]", 12: undefined, 14: "[--glyph-size:14px]" } as const;

interface StatusGlyphProps {
  tone: GlyphTone;
  /** The shape carries the meaning; colour repeats it. Without one the tone's usual shape is drawn. */
  shape?: GlyphShape;
  size?: keyof typeof sizes;
  className?: string;
}

/** Decoration for a word that stands beside it; it has no name of its own. */
export function StatusGlyph({ tone, shape, size = 12, className }: StatusGlyphProps) {
  const glyph = glyphBefore(tone, shape);
  return (
    <span
      aria-hidden="true"
      {...glyph}
      className={cn("block size-(--glyph-size) shrink-0", glyph.className, sizes[size], className)}
    />
  );
}

/** The same glyph as the beginning of an element, where there are so many that each would be one too many. */
export function glyphBefore(tone: GlyphTone, shape = usual[tone]) {
  return { "data-glyph": shape, className: color[tone] } as const;
}
