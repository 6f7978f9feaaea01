import { cn } from "./cn";

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
  ok: "text-ok-solid",
  run: "text-run-solid",
  fail: "text-fail-solid",
  warn: "text-warn-solid",
  off: "text-line-control",
};

interface StatusGlyphProps {
  tone: GlyphTone;
  /** The shape carries the meaning; colour repeats it. Without one the tone's usual shape is drawn. */
  shape?: GlyphShape;
  size?: number;
  className?: string;
}

/** Decoration for a word that stands beside it; it has no name of its own. */
export function StatusGlyph({ tone, shape = usual[tone], size = 12, className }: StatusGlyphProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={cn("shrink-0", color[tone], shape === "turning" && "animate-turn", className)}
    >
      {shapes[shape]}
    </svg>
  );
}

const usual: Record<GlyphTone, GlyphShape> = {
  ok: "check",
  run: "turning",
  fail: "cross",
  warn: "warning",
  off: "ring",
};

const stroke = { fill: "none", stroke: "currentColor", strokeWidth: 1.4 } as const;
/** Cut out of a filled shape, in the colour of the page beneath. */
const cut = {
  fill: "none",
  stroke: "var(--surface)",
  strokeWidth: 1.5,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const shapes = {
  check: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="M3.4 6.2 5.2 8l3.5-4" {...cut} />
    </>
  ),
  cross: (
    <>
      <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z" fill="currentColor" />
      <path d="M4.1 4.1l3.8 3.8M7.9 4.1 4.1 7.9" {...cut} />
    </>
  ),
  turning: (
    <>
      <circle cx="6" cy="6" r="4.6" {...stroke} strokeWidth={1.8} strokeOpacity={0.28} />
      <path d="M6 1.4A4.6 4.6 0 0 1 10.6 6" {...stroke} strokeWidth={1.8} strokeLinecap="round" />
    </>
  ),
  warning: (
    <>
      <path
        d="M6 .7 11.7 11H.3z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth={0.8}
        strokeLinejoin="round"
      />
      <path d="M6 4.4v3" {...cut} />
      <circle cx="6" cy="9.3" r=".85" fill="var(--surface)" />
    </>
  ),
  dashed: <circle cx="6" cy="6" r="4.8" {...stroke} strokeDasharray="2 1.77" />,
  ring: <circle cx="6" cy="6" r="4.8" {...stroke} />,
  skipped: (
    <>
      <circle cx="6" cy="6" r="4.8" {...stroke} />
      <path d="M4.6 4 6.8 6 4.6 8" {...stroke} strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  stopped: (
    <>
      <circle cx="6" cy="6" r="4.8" {...stroke} />
      <path d="M3.8 6h4.4" {...stroke} strokeLinecap="round" />
    </>
  ),
  disc: <circle cx="6" cy="6" r="3" fill="currentColor" />,
} as const;
