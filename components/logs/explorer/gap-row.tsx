import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import type { Gap } from "@/lib/logs/view/gaps";

interface GapRowProps {
  gap: Gap;
  /** The archive page with this gap's chunk; null when the gap is not in a chunk. */
  chunkHref: string | null;
  onRetry: () => void;
  /** Shows what is known about the gap. */
  onDetails: () => void;
  /** Reads the rows of a fold. */
  onUnfold: () => void;
}

const looks = {
  damaged: { tone: "fail", words: "missing", cause: "damaged in the archive" },
  missing: { tone: "fail", words: "missing", cause: "archive file is gone" },
  unreadable: { tone: "warn", words: "not read yet", cause: "the store did not answer" },
  never_written: { tone: "off", words: "never written", cause: "reserved by a writer that died" },
  expired: { tone: "off", words: "expired", cause: "deleted by the retention of this workspace" },
  in_flight: { tone: "off", words: "being written", cause: "reserved moments ago" },
  skipped: { tone: "off", words: "skipped on screen", cause: "live, too fast to draw" },
} as const;

/** A range of numbers without rows: how many exactly, which, why, and what one can do. Never silent, always one line. */
export function GapRow({ gap, chunkHref, onRetry, onDetails, onUnfold }: GapRowProps) {
  const look = looks[gap.reason];
  const count = gap.to - gap.from + 1;
  const chunk = gap.chunkNumber === null ? "" : `chunk ${formatCount(gap.chunkNumber)}`;
  const range = `${formatCount(gap.from)}${count > 1 ? `–${formatCount(gap.to)}` : ""}`;
  return (
    <td
      className={cn(
        "relative col-span-full flex h-5 items-center gap-2.5 whitespace-nowrap px-3 pr-4.5 font-sans text-text-2 tracking-normal",
        look.tone === "fail" && "bg-fail-tint",
        look.tone === "warn" && "bg-warn-tint",
        // A number that no row ever had, and rows one may read at any time, are no alarm: thin and grey.
        look.tone === "off" && "text-12 before:absolute before:inset-x-0 before:inset-y-0.75 before:bg-hover",
      )}
    >
      {look.tone !== "off" && <Teeth tone={look.tone} />}
      <StatusGlyph
        tone={look.tone}
        shape={gap.reason === "in_flight" ? "dashed" : look.tone === "off" ? "skipped" : undefined}
        className="relative"
      />
      <b
        className={cn(
          "relative",
          look.tone === "off" ? "font-medium" : "font-semibold",
          look.tone === "fail" && "text-fail-text",
          look.tone === "warn" && "text-warn-text",
        )}
      >
        {gap.reason === "never_written" ? formatPlural(count, "number") : formatPlural(count, "row")}{" "}
        {look.words}
      </b>
      <span className="relative max-md:hidden">
        {gap.reason === "skipped" ? "" : "seq "}
        <span className="font-mono">{range}</span>
      </span>
      {chunk && <span className="relative max-md:hidden">· {chunk}</span>}
      <span className="relative min-w-0 truncate">· {shortCause(gap) ?? look.cause}</span>
      <span className="relative ml-auto flex gap-3 font-medium">
        {gap.reason === "unreadable" && (
          <button type="button" onClick={onRetry} className="text-warn-text hover:underline">
            Retry
          </button>
        )}
        {gap.reason === "skipped" ? (
          <button type="button" onClick={onUnfold} className="text-accent-text hover:underline">
            Load
          </button>
        ) : (
          <button
            type="button"
            onClick={onDetails}
            className={cn("hover:underline", look.tone === "fail" ? "text-fail-text" : "text-text-2")}
          >
            Details
          </button>
        )}
        {look.tone === "fail" && chunkHref && gap.chunkNumber !== null && (
          <Link href={chunkHref} className="text-fail-text hover:underline max-md:hidden">
            Open chunk
          </Link>
        )}
      </span>
    </td>
  );
}

/** The server's sentence names chunk and member again; the line has said so by then. */
function shortCause({ detail }: Gap): string | null {
  if (/hash|checksum/i.test(detail)) return "checksum mismatch";
  return null;
}

/** The torn edge: a gap is told from a row without its colour. */
function Teeth({ tone }: { tone: "fail" | "warn" }) {
  const edge = tone === "fail" ? "stroke-fail-solid" : "stroke-warn-solid";
  const id = `teeth-${tone}`;
  return (
    <svg
      width="100%"
      height="20"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-0 opacity-55"
    >
      <defs>
        <pattern id={id} width="8" height="4" patternUnits="userSpaceOnUse">
          <path d="M0 3.5 4 .5 8 3.5" fill="none" strokeWidth="1" className={edge} />
        </pattern>
      </defs>
      <rect width="100%" height="4" fill={`url(#${id})`} />
      <rect y="16" width="100%" height="4" fill={`url(#${id})`} />
    </svg>
  );
}
