"use client";

import { useId } from "react";
import { useBarSelection } from "@/components/charts/use-bar-selection";
import { cn } from "@/components/ui/cn";
import { formatCount, formatPlural } from "@/lib/format";
import { rangeText, screenTime } from "@/lib/logs/screen-time";
import type { RunHistogram } from "@/lib/runs/list/histogram-schema";
import { runStatus } from "@/lib/runs/status";
import { day, hour } from "@/lib/time";
import { RunBars } from "./run-bars";
import { stackOrder, statusSwatch, sumCounts, totalOf } from "./status-series";

interface HistogramChartProps {
  histogram: RunHistogram;
  /** Could not be read again. */
  stale: boolean;
  onChoose: (since: string | null, until: string | null) => void;
}

const time = screenTime("UTC");
const worstFirst = stackOrder.toReversed();

/** Bars over time. A drag over them, or Shift and arrows and Enter, shows the runs of that time. */
export function HistogramChart({ histogram, stale, onChoose }: HistogramChartProps) {
  const help = useId();
  const { buckets, from, to, countedFrom, olderLeft, total } = histogram;
  const start = Date.parse(from);
  const width = (Date.parse(to) - start) / buckets.length;
  const isoOf = (bar: number) => new Date(start + bar * width).toISOString();
  const choose = (first: number, last: number) => onChoose(isoOf(first), isoOf(last + 1));
  const { shown, choosing, cursor, pointer, keys } = useBarSelection({
    bars: buckets.length,
    onZoom: ({ first, last }) => choose(first, last),
    onPick: (bar) => choose(bar, bar),
    onBack: () => onChoose(null, null),
  });
  const sum = shown && sumCounts(buckets.slice(shown.first, shown.last + 1).map(({ counts }) => counts));
  const words = shown && `${rangeText(isoOf(shown.first), isoOf(shown.last + 1), time)} UTC`;
  const all = sumCounts(buckets.map(({ counts }) => counts));
  return (
    <div className="relative">
      <div
        role="slider"
        tabIndex={0}
        aria-label="Time, by runs and status"
        aria-describedby={help}
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={cursor ?? 0}
        aria-valuetext={
          sum && words
            ? `${words}, ${formatPlural(totalOf(sum), "run")}, ${formatCount(sum.failed)} failed`
            : `${formatPlural(total, "run")}, ${formatCount(all.failed)} failed`
        }
        className="relative cursor-crosshair touch-pan-y select-none focus-visible:rounded-1"
        {...pointer}
        {...keys}
      >
        <RunBars buckets={buckets} selected={shown} choosing={choosing !== null} />
        {sum && words && shown && (
          <BarTooltip
            words={words}
            sum={sum}
            counted={buckets[shown.last]?.counts !== null}
            place={(shown.first + shown.last + 1) / 2 / buckets.length}
            hint={choosing === "drag" ? "Release to show these" : choosing ? "Enter shows these" : null}
          />
        )}
      </div>
      <p id={help} className="sr-only">
        Left and right move, with Shift they choose a range, Enter shows its runs, Escape shows all times.
      </p>
      <div className="mt-1 flex h-4 items-center justify-between gap-4 whitespace-nowrap text-11 text-text-3">
        <span>
          {axisTime(start, Date.parse(to) - start)}
          {olderLeft && <span className="max-md:hidden">, older ones left out</span>}
        </span>
        <span className="flex min-w-0 gap-3 overflow-hidden max-md:hidden">
          {worstFirst
            .filter((status) => all[status] > 0)
            .map((status) => (
              <span key={status} className="inline-flex items-center gap-1.25">
                <span aria-hidden="true" className={cn("size-2 rounded-[2px]", statusSwatch[status])} />
                {formatCount(all[status])} {runStatus[status].label.toLowerCase()}
              </span>
            ))}
          {countedFrom && <span className="text-warn-text">the newest {formatCount(total)} are counted</span>}
          {stale && <span className="text-warn-text">as of {time.clock(histogram.asOf)}, reconnecting</span>}
        </span>
        <span>{axisTime(Date.parse(to), Date.parse(to) - start)} UTC</span>
      </div>
    </div>
  );
}

interface BarTooltipProps {
  words: string;
  sum: ReturnType<typeof sumCounts>;
  counted: boolean;
  /** Middle of what is pointed at, as a share of the width. */
  place: number;
  hint: string | null;
}

/** The exact counts of what is pointed at, below the bars, so that it covers none. */
function BarTooltip({ words, sum, counted, place, hint }: BarTooltipProps) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-full z-30 mt-1.5 min-w-52 rounded-2 bg-raised px-2.5 py-2 text-12 shadow-overlay"
      style={{ left: `${place * 100}%`, transform: `translateX(-${place * 100}%)` }}
    >
      <p className="flex justify-between gap-4 whitespace-nowrap">
        <span className="text-text-2">{words}</span>
        <b className="font-medium">{counted ? formatPlural(totalOf(sum), "run") : "not counted"}</b>
      </p>
      {worstFirst
        .filter((status) => sum[status] > 0)
        .map((status) => (
          <p key={status} className="flex items-center gap-1.5">
            <span className={cn("size-2 rounded-[2px]", statusSwatch[status])} />
            <span className="text-text-2">{runStatus[status].label}</span>
            <span className="ml-auto">{formatCount(sum[status])}</span>
          </p>
        ))}
      {hint && <p className="text-11 text-text-3">{hint}</p>}
    </div>
  );
}

function axisTime(ms: number, span: number): string {
  if (span > 4 * day) return span > 300 * day ? time.date(ms) : time.day(ms);
  return span > 2 * hour ? `${time.day(ms)} ${time.hourMinute(ms)}` : time.clock(ms);
}
