import type { ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatClock, formatCount } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";

interface StatusBarProps {
  episode: EpisodeSummary;
  /** The row that the position names: the selected one, else the first on screen. */
  row: number | null;
  stale: boolean;
  /** "filter keeps 11,344 rows", where that is known without searching. */
  note: ReactNode;
}

/** Where one is, whether what is archived can be trusted, and how old that statement is. */
export function StatusBar({ episode, row, stale, note }: StatusBarProps) {
  return (
    <footer className="flex h-7 shrink-0 items-center gap-4 whitespace-nowrap border-line border-t bg-canvas px-3 text-12 text-text-2 max-md:gap-2.5 max-md:px-2.5 max-md:text-11">
      <span>
        {row === null ? "no row" : "row "}
        {row !== null && <b className="font-medium text-text">{formatCount(row)}</b>} of{" "}
        <b className="font-medium text-text">{formatCount(episode.nextSequenceNumber)}</b>
      </span>
      <ChunkState chunks={episode.chunks} />
      <span className={stale ? "font-medium text-warn-text" : ""}>
        {stale && "reconnecting, "}as of {formatClock(episode.asOf)} UTC
      </span>
      {note && <span className="truncate text-text-3 max-lg:hidden">{note}</span>}
      <span className="ml-auto flex gap-3 text-text-3 max-lg:hidden">
        <span>
          <Kbd>/</Kbd> find
        </span>
        <span>
          <Kbd>e</Kbd> next error
        </span>
        <span>
          <Kbd>:</Kbd> go to row or time
        </span>
        <span>
          <Kbd>?</Kbd> all keys
        </span>
      </span>
    </footer>
  );
}

function ChunkState({ chunks }: { chunks: EpisodeSummary["chunks"] }) {
  if (chunks.total === 0) return <span>nothing archived yet</span>;
  const whole = chunks.verified === chunks.total;
  return (
    <span
      className={whole ? "flex items-center gap-1.5" : "flex items-center gap-1.5 font-medium text-fail-text"}
    >
      <StatusGlyph tone={whole ? "ok" : "fail"} />
      <span>
        {formatCount(chunks.verified)}/{formatCount(chunks.total)} {chunks.total === 1 ? "chunk" : "chunks"}
        <span className="max-md:hidden"> verified</span>
      </span>
    </span>
  );
}
