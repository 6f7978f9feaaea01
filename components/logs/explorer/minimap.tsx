"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatClockMs, formatCount } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import type { EpisodeOverview, EpisodeSummary } from "@/lib/logs/schema";
import { minimapDrawing } from "@/lib/logs/view/level-marks";
import { timeOf } from "@/lib/logs/view/time-bins";
import { levelFill } from "../level-style";

interface MinimapProps {
  episode: EpisodeSummary;
  overview: EpisodeOverview | undefined;
  inView: { first: number; last: number } | null;
  /** Sequence numbers a filter found, as ticks. */
  hits: readonly number[];
  onJump: (seq: number, passing: boolean) => void;
}

const width = 28;
const inset = 5;

/** The whole episode at the height of the list, one line for so many rows; the frame is what is on screen. */
export function Minimap({ episode, overview, inView, hits, onJump }: MinimapProps) {
  const [pointed, setPointed] = useState<{ seq: number; share: number } | null>(null);
  const total = Number(episode.nextSequenceNumber);
  const drawing = overview && minimapDrawing(overview, width - 2 * inset);
  const share = (seq: number) => (total > 0 ? (seq / total) * 100 : 0);
  const firstHot = Number(episode.archivedThrough) + 1;

  const seqAt = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.min(1, Math.max(0, (event.clientY - box.top) / Math.max(1, box.height)));
    return { seq: Math.min(total - 1, Math.round(at * total)), share: at * 100 };
  };
  const time = pointed && overview && timeOf(overview, pointed.seq);

  return (
    // A second scrollbar for the hand; the keyboard has g, G, e and ":".
    <div
      aria-hidden="true"
      className="relative h-full touch-none select-none border-line border-l md:border-r"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onJump(seqAt(event).seq, false);
      }}
      onPointerMove={(event) => {
        const place = seqAt(event);
        setPointed(place);
        if (event.buttons & 1) onJump(place.seq, true);
      }}
      onPointerLeave={() => setPointed(null)}
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
          className={cn(
            "absolute right-0 min-h-0.5 w-0.75",
            isLoss(gap.reason) ? "bg-fail-solid" : "bg-line-control",
          )}
          style={{
            top: `${share(Number(gap.from))}%`,
            height: `${share(Number(gap.to) - Number(gap.from) + 1)}%`,
          }}
        />
      ))}
      {thinned(hits).map((seq) => (
        <span
          key={seq}
          className="absolute left-0 h-0.5 w-1 bg-warn-solid"
          style={{ top: `${share(seq)}%` }}
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
      {pointed && (
        <span
          className="pointer-events-none absolute right-8 z-10 -translate-y-1/2 whitespace-nowrap rounded-2 bg-raised px-2 py-0.5 text-12 shadow-overlay max-md:hidden"
          style={{ top: `clamp(12px, ${pointed.share}%, calc(100% - 12px))` }}
        >
          {formatCount(pointed.seq)}
          {time && <span className="text-text-3">, about {formatClockMs(time).slice(0, 8)} UTC</span>}
        </span>
      )}
    </div>
  );
}

/** Rows that were there once, against numbers that no row ever had. */
const isLoss = (reason: string) => reason === "damaged" || reason === "missing";

/** More ticks than this would be a solid line. */
const mostTicks = 150;
function thinned(hits: readonly number[]): readonly number[] {
  const every = Math.ceil(hits.length / mostTicks);
  return every > 1 ? hits.filter((_, i) => i % every === 0) : hits;
}
