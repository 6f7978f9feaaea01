"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import { minimapDrawing } from "@/lib/logs/view/level-marks";
import { timeOf } from "@/lib/logs/view/overview-times";
import { levelFill } from "../level-style";
import type { Explorer } from "./use-explorer";
import { useTimeFormat } from "./use-time-format";

const width = 28;
const inset = 5;

/**
 * The whole episode at the height of the list, one line for so many rows. Left: hits. Right: marks. The dashed line is the seam
 * between archive and live store, red bars are rows that are gone, and the frame is what is on screen.
 */
export function Minimap({ explorer }: { explorer: Explorer }) {
  const { episode, overview, inView, finds, hits, scroll, list, total } = explorer;
  const [pointed, setPointed] = useState<{ seq: number; share: number } | null>(null);
  const time = useTimeFormat();
  const drawing = overview && minimapDrawing(overview, width - 2 * inset);
  const share = (seq: number) => (total > 0 ? (seq / total) * 100 : 0);
  const firstHot = Number(episode.archivedThrough) + 1;

  const seqAt = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.min(1, Math.max(0, (event.clientY - box.top) / Math.max(1, box.height)));
    return { seq: Math.max(0, Math.min(total - 1, Math.round(at * total))), share: at * 100 };
  };
  const at = pointed && overview && timeOf(overview, pointed.seq);

  return (
    // A second scrollbar for the hand; the keyboard has g, G, e and ":".
    <div
      aria-hidden="true"
      className="relative h-full touch-none select-none border-line border-l md:border-r"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const place = seqAt(event);
        setPointed(place);
        scroll.show(place.seq, "center");
      }}
      onPointerMove={(event) => {
        const place = seqAt(event);
        setPointed(place);
        if (event.buttons & 1) scroll.show(place.seq, "center", true);
      }}
      onPointerUp={(event) => {
        scroll.show(seqAt(event).seq, "center");
        if (event.pointerType !== "mouse") setPointed(null);
      }}
      onPointerLeave={() => setPointed(null)}
      onPointerCancel={() => setPointed(null)}
    >
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${width} ${drawing?.lines ?? 1}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full"
      >
        {drawing && (
          <g transform={`translate(${inset} 0)`}>
            {logLevels.map((level) => (
              <path key={level} d={drawing.paths[level]} className={levelFill[level]} />
            ))}
          </g>
        )}
      </svg>
      {overview?.gaps.map((gap) => (
        <span
          key={`${gap.from} ${gap.reason}`}
          className={cn("absolute", gapLook(gap.reason))}
          style={{
            top: `${share(Number(gap.from))}%`,
            height: `${share(Number(gap.to) - Number(gap.from) + 1)}%`,
          }}
        />
      ))}
      {thinned(finds.length > 0 ? finds : hits).map((seq) => (
        <span
          key={seq}
          className="absolute left-0 h-0.5 w-1 bg-warn-solid"
          style={{ top: `${share(seq)}%` }}
        />
      ))}
      {list.bookmarks.seqs.map((seq) => (
        <span
          key={seq}
          className="absolute right-0 -translate-y-1/2 border-y-3 border-y-transparent border-r-5 border-r-accent"
          style={{ top: `clamp(3px, ${share(seq)}%, calc(100% - 3px))` }}
        />
      ))}
      {firstHot > 0 && firstHot < total && (
        <span
          className="absolute inset-x-0 border-tier-hot border-t border-dashed"
          style={{ top: `${share(firstHot)}%` }}
        />
      )}
      {inView && (
        <span
          className="absolute inset-x-0 min-h-3.5 rounded-1 border-[1.5px] border-accent bg-accent/12"
          style={{
            top: `min(${share(inView.first)}%, calc(100% - 14px))`,
            height: `${share(inView.last - inView.first + 1)}%`,
          }}
        />
      )}
      {pointed && total > 0 && (
        <span
          className="pointer-events-none absolute right-8 z-10 -translate-y-1/2 whitespace-nowrap rounded-2 bg-raised px-2 py-0.5 text-12 shadow-overlay"
          style={{ top: `clamp(12px, ${pointed.share}%, calc(100% - 12px))` }}
        >
          <span className="mono">{formatCount(pointed.seq)}</span>
          {at && (
            <span className="text-text-3">
              , about {time.day(at)} {time.clock(at)} {time.zone}
            </span>
          )}
        </span>
      )}
    </div>
  );
}

/** Lost rows go across; numbers without a row, and rows that were deleted on purpose, are thin and grey at the side. */
function gapLook(reason: string): string {
  if (reason === "damaged" || reason === "missing") return "inset-x-0.5 min-h-0.75 bg-fail-solid";
  if (reason === "expired") return "inset-x-1.25 min-h-0.5 bg-hatch-queued";
  return "right-1.25 left-1.25 min-h-px border-line-control border-t border-dotted";
}

/** More ticks than this would be a solid line. */
const mostTicks = 150;
function thinned(hits: readonly number[]): readonly number[] {
  const every = Math.ceil(hits.length / mostTicks);
  return every > 1 ? hits.filter((_, i) => i % every === 0) : hits;
}
