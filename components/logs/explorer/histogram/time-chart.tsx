"use client";

import { useId } from "react";
import { useBarSelection } from "@/components/charts/use-bar-selection";
import { formatCount, formatPlural } from "@/lib/format";
import type { LogHistogram } from "@/lib/logs/histogram/schema";
import { rangeText } from "@/lib/logs/screen-time";
import { rowsOf, sumOfBars, tierRuns } from "@/lib/logs/view/histogram-bars";
import { firstSeqIn, timeOf } from "@/lib/logs/view/overview-times";
import { zoomBack, zoomInto, zoomTo, zoomTrail } from "@/lib/logs/view/time-zoom";
import { useExplorerContext } from "../explorer-context";
import { useTimeFormat } from "../use-time-format";
import { BarTooltip } from "./bar-tooltip";
import { HistogramAxis } from "./histogram-axis";
import { HistogramChart } from "./histogram-chart";
import { TierBand } from "./tier-band";
import { TierKey } from "./tier-key";
import { ZoomTrail } from "./zoom-trail";

interface TimeChartProps {
  histogram: LogHistogram;
  /** Could not be read again. */
  stale: boolean;
}

/** Above the bars, for the way back out of a zoom; nothing moves when it appears but the bars themselves. */
const trailHeight = 26;

export function TimeChart({ histogram, stale }: TimeChartProps) {
  const { params, overview, inView, scroll } = useExplorerContext();
  const time = useTimeFormat();
  const help = useId();
  const { bars, widthMs } = histogram;
  const start = Date.parse(bars[0]?.start ?? "");
  const end = start + bars.length * widthMs;
  const startOf = (bar: number) => start + bar * widthMs;
  const { since, until, zoom, levels } = params;
  const zoomed = since !== null || until !== null;
  const back = () => {
    const patch = zoomBack({ since, until, zoom });
    if (patch) params.set(patch);
  };
  const selection = useBarSelection({
    bars: bars.length,
    onZoom: ({ first, last }) => {
      const window = { since: isoOf(startOf(first)), until: isoOf(startOf(last + 1)) };
      params.set(zoomInto({ since, until, zoom }, window));
    },
    onPick: (bar) => {
      const seq = overview && firstSeqIn(overview, startOf(bar), startOf(bar + 1));
      if (seq !== null && seq !== undefined) scroll.show(seq, "start");
    },
    onBack: back,
  });
  const { shown, choosing } = selection;
  const sum = shown && sumOfBars(bars.slice(shown.first, shown.last + 1));
  const words =
    shown && `${rangeText(startOf(shown.first), startOf(shown.last + 1), time, true)} ${time.zone}`;
  const share = (seq: number) => (((overview && timeOf(overview, seq)) ?? start) - start) / (end - start);
  const onScreen = inView && overview ? clipped(share(inView.first), share(inView.last)) : null;
  const total = bars.reduce((rows, bar) => rows + rowsOf(bar.levels), 0);
  return (
    <div className="relative">
      {zoomed && (
        <ZoomTrail
          trail={zoomTrail({ zoom })}
          time={time}
          onStep={(step) => params.set(zoomTo({ since, until, zoom }, step))}
        />
      )}
      <div
        role="slider"
        tabIndex={0}
        aria-label="Time, by rows and level"
        aria-describedby={help}
        aria-valuemin={0}
        aria-valuemax={bars.length - 1}
        aria-valuenow={selection.cursor ?? 0}
        aria-valuetext={
          sum && words
            ? `${words}, ${formatPlural(rowsOf(sum.levels), "row")}, ${formatPlural(failuresIn(sum.levels), "error")}`
            : spoken(histogram, total, time.instant)
        }
        className="relative cursor-crosshair touch-pan-y select-none focus-visible:rounded-1"
        onDoubleClick={back}
        {...selection.pointer}
        {...selection.keys}
      >
        <HistogramChart
          bars={bars}
          chosen={levels}
          top={zoomed ? trailHeight : 2}
          inView={onScreen}
          selected={shown}
          choosing={choosing !== null}
        />
        {sum && words && shown && (
          <BarTooltip
            time={words}
            sum={sum}
            place={(shown.first + shown.last + 1) / 2 / bars.length}
            hint={hintOf(choosing, params.asked.filtered && !onlyCounted(params))}
          />
        )}
      </div>
      <p id={help} className="sr-only">
        Left and right move, with Shift they choose a range, Enter zooms into it, Escape zooms out, Space
        shows the rows.
      </p>
      <TierBand runs={tierRuns(bars)} />
      <HistogramAxis start={start} end={end} time={time}>
        {stale ? (
          <span className="text-warn-text">bars as of {time.clock(histogram.asOf)}, reconnecting</span>
        ) : (
          <TierKey histogram={histogram} whole={!zoomed} />
        )}
      </HistogramAxis>
    </div>
  );
}

const isoOf = (ms: number) => new Date(ms).toISOString();

/** The part of the chart that rows on screen take; null when they are all outside of it. */
function clipped(one: number, other: number): { from: number; to: number } | null {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  if (to < 0 || from > 1) return null;
  return { from: Math.max(0, from), to: Math.min(1, Math.max(to, from + 0.0015)) };
}

/** Levels and times are counted; for the rest of a query rows would have to be read. */
function onlyCounted({
  text,
  meta,
  template,
  without,
}: ReturnType<typeof useExplorerContext>["params"]): boolean {
  return text === "" && meta.length === 0 && !template && without.length === 0;
}

function hintOf(choosing: "drag" | "keys" | null, unfiltered: boolean): string | null {
  if (choosing) return choosing === "drag" ? "Release to zoom in" : "Enter zooms in, Esc out";
  return unfiltered ? "All rows of this time, not only those the filter keeps" : null;
}

function failuresIn({ error, fatal }: { error: number; fatal: number }): number {
  return error + fatal;
}

function spoken({ bars }: LogHistogram, total: number, instant: (at: string) => string): string {
  const [worst] = [...bars].sort((a, b) => failuresIn(b.levels) - failuresIn(a.levels));
  const errors = worst ? failuresIn(worst.levels) : 0;
  const peak =
    worst && errors > 0 ? `most errors, ${formatCount(errors)}, at ${instant(worst.start)}` : "no errors";
  return `${formatPlural(total, "row")}; ${peak}`;
}
