import type { GlyphTone } from "@/components/ui/status-glyph";
import type { LogLevel } from "@/lib/logs/level";

/** One hue per level, in each place that draws one. Spelled out, because class names are found by reading the source. */
export const levelBar: Record<LogLevel, string> = {
  debug: "bg-lv-debug",
  info: "bg-lv-info",
  warn: "bg-lv-warn",
  error: "bg-lv-error",
  fatal: "bg-lv-fatal",
};

export const levelFill: Record<LogLevel, string> = {
  debug: "fill-lv-debug",
  info: "fill-lv-info",
  warn: "fill-lv-warn",
  error: "fill-lv-error",
  fatal: "fill-lv-fatal",
};

export const levelTone: Record<LogLevel, GlyphTone> = {
  debug: "off",
  info: "off",
  warn: "warn",
  error: "fail",
  fatal: "fail",
};

/** Levels that `e` walks through. */
export const failing: readonly LogLevel[] = ["error", "fatal"];
