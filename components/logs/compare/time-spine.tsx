"use client";

import { useQuery } from "@tanstack/react-query";
import { type PointerEvent, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/lib/format";
import type { PairedLine, Places } from "@/lib/logs/compare/aligned-page";
import { formatElapsed } from "@/lib/logs/compare/elapsed";
import type { Comparison } from "@/lib/logs/compare/schema";
import { densityOptions, firstRowAt } from "@/lib/logs/compare/spine-options";
import { SideMark } from "./side-mark";

interface TimeSpineProps {
  workspace: string;
  comparison: Comparison;
  /** The lines on screen. */
  seen: readonly PairedLine[];
  onPlace: (places: Places) => void;
}

/** Both logs on one axis of time since their first rows: where the panes stand, where rows and errors lie. A click goes there. */
export function TimeSpine({ workspace, comparison, seen, onPlace }: TimeSpineProps) {
  const { a, b } = comparison;
  const spanMs = Math.max(durationOf(a), durationOf(b), 1);
  const [pointed, setPointed] = useState<number | null>(null);
  const [going, setGoing] = useState(false);
  const shareAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const go = async (ms: number) => {
    setGoing(true);
    const [inA, inB] = await Promise.all([
      firstRowAt({ workspace, episodeId: a.episodeId }, a, ms),
      firstRowAt({ workspace, episodeId: b.episodeId }, b, ms),
    ]).finally(() => setGoing(false));
    onPlace({ a: inA, b: inB });
  };
  return (
    <div className="grid shrink-0 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 border-line border-b px-3 py-1.5">
      <span className="grid gap-1">
        <SideMark side="a" />
        <SideMark side="b" />
      </span>
      <button
        type="button"
        disabled={going}
        aria-label={`Time since the first row, ${formatDuration(spanMs)} long. Shows both logs from a time on`}
        onPointerMove={(event) => setPointed(shareAt(event))}
        onPointerLeave={() => setPointed(null)}
        onClick={() => void go((pointed ?? 0) * spanMs)}
        className="relative grid gap-1 rounded-1"
      >
        <Track workspace={workspace} side="a" comparison={comparison} spanMs={spanMs} seen={seen} />
        <Track workspace={workspace} side="b" comparison={comparison} spanMs={spanMs} seen={seen} />
        {pointed !== null && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 w-px bg-accent"
            style={{ left: `${pointed * 100}%` }}
          >
            <span
              className={cn(
                "mono absolute top-1/2 -translate-y-1/2 rounded-1 bg-raised px-1 text-11 leading-4 shadow-overlay",
                pointed > 0.8 ? "right-1.5" : "left-1.5",
              )}
            >
              {formatElapsed(Math.round(pointed * spanMs))}
            </span>
          </span>
        )}
      </button>
      <span />
      <span className="eyebrow flex justify-between pt-0.5">
        <span>first rows</span>
        <span>{going ? "going there" : "time since the first row of each"}</span>
        <span>{formatDuration(spanMs)}</span>
      </span>
    </div>
  );
}

interface TrackProps {
  workspace: string;
  side: "a" | "b";
  comparison: Comparison;
  spanMs: number;
  seen: readonly PairedLine[];
}

function Track({ workspace, side, comparison, spanMs, seen }: TrackProps) {
  const of = comparison[side];
  const density = useQuery(densityOptions({ workspace, episodeId: of.episodeId }, of, spanMs));
  const most = density.data?.reduce((found, { rows }) => Math.max(found, rows), 1) ?? 1;
  const start = of.firstAt === null ? 0 : Date.parse(of.firstAt);
  const times = seen.flatMap((line) => {
    const row = line[side];
    return row?.kind === "entry" ? [Date.parse(row.at) - start] : [];
  });
  const share = (ms: number) => Math.min(1, Math.max(0, ms / spanMs));
  const [from, to] = [share(Math.min(...times)), share(Math.max(...times))];
  return (
    <span aria-hidden="true" className="relative block h-4.5 overflow-hidden rounded-1 bg-canvas">
      <span
        className="absolute inset-y-0 left-0 block border-line-control border-b"
        style={{ width: `${share(durationOf(of)) * 100}%` }}
      />
      {density.data?.map((bar) => (
        <span
          key={bar.at}
          className={cn("absolute bottom-0 block", bar.failing > 0 ? "bg-lv-error" : "bg-lv-info")}
          style={{
            left: `${bar.at * 100}%`,
            width: `max(1px, ${bar.width * 100}%)`,
            height: `${Math.max(8, (bar.rows / most) * 100)}%`,
          }}
        />
      ))}
      {times.length > 0 && (
        <span
          className="absolute inset-y-0 block min-w-1.5 rounded-1 border border-accent bg-accent-tint/60"
          style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
        />
      )}
    </span>
  );
}

function durationOf({ firstAt, lastAt }: Comparison["a"]): number {
  return firstAt && lastAt ? Math.max(0, Date.parse(lastAt) - Date.parse(firstAt)) : 0;
}
