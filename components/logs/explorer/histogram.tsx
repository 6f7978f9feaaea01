"use client";

import { formatClock, formatCount, formatDate, formatHourMinute } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import type { EpisodeOverview, EpisodeSummary } from "@/lib/logs/schema";
import { histogramPaths } from "@/lib/logs/view/level-marks";
import { firstSeqIn, rows, tierRuns, timeBins, timeOf } from "@/lib/logs/view/time-bins";
import { levelFill } from "../level-style";
import { TierBand, TierKey } from "./tier-band";

interface HistogramProps {
  episode: EpisodeSummary;
  overview: EpisodeOverview | undefined;
  /** First and last sequence number on screen. */
  inView: { first: number; last: number } | null;
  onJump: (seq: number) => void;
}

const bars = 139;
const pitch = 8;
const height = 72;

/** Rows over time by level, above the tiers they live in. A click leads to the rows of that moment. */
export function Histogram({ episode, overview, inView, onJump }: HistogramProps) {
  const binned = overview && timeBins(overview, bars, Number(episode.archivedThrough));
  const failed = overview ? "" : "reading the overview";
  if (!overview || !binned)
    return <div className="h-28 max-md:h-24">{failed && <span className="sr-only">{failed}</span>}</div>;
  const paths = histogramPaths(binned, height, pitch);
  const span = Math.max(1, binned.end - binned.start);
  const placeOf = (seq: number) => {
    const at = timeOf(overview, seq) ?? binned.start;
    return Math.min(1, Math.max(0, (at - binned.start) / span)) * bars * pitch;
  };
  const view = inView && { from: placeOf(inView.first), to: placeOf(inView.last) };
  const timeAt = (share: number) => axisTime(binned.start + span * share, span);
  return (
    <section aria-label="Rows over time by level" className="pt-2.5 pr-4 pb-1.5 pl-3 max-md:px-3 max-md:pt-2">
      <svg
        viewBox={`0 0 ${bars * pitch} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={spoken(
          binned.bins.map((bin) => ({ errors: bin.levels.error + bin.levels.fatal, rows: rows(bin.levels) })),
          timeAt,
        )}
        className="block h-18 w-full cursor-crosshair max-md:h-14"
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const bar = Math.min(bars - 1, Math.floor(((event.clientX - box.left) / box.width) * bars));
          const seq = firstSeqIn(
            overview,
            binned.start + (span * bar) / bars,
            binned.start + (span * (bar + 1)) / bars,
          );
          if (seq !== null) onJump(seq);
        }}
      >
        <path d={`M0 ${height - 0.5}H${bars * pitch}`} className="stroke-line" />
        {logLevels.map((level) => (
          <path key={level} d={paths[level]} className={levelFill[level]} />
        ))}
        {view && (
          <>
            <rect
              x={Math.min(view.from, view.to)}
              y="0"
              width={Math.max(2, Math.abs(view.to - view.from))}
              height={height}
              className="fill-accent opacity-10"
            />
            <path
              d={`M${view.from} 0V${height}M${Math.max(view.to, view.from + 2)} 0V${height}`}
              className="stroke-accent"
              vectorEffect="non-scaling-stroke"
            />
          </>
        )}
      </svg>
      <TierBand runs={tierRuns(binned.bins)} />
      <div className="mt-0.75 flex justify-between text-11 text-text-3">
        <span>{timeAt(0)}</span>
        <span className="max-lg:hidden">{timeAt(0.2)}</span>
        <TierKey episode={episode} outside={binned.outside} />
        <span className="max-lg:hidden">{timeAt(0.8)}</span>
        <span>{timeAt(1)} UTC</span>
      </div>
    </section>
  );
}

function axisTime(ms: number, span: number): string {
  const day = 86_400_000;
  if (span > 2 * day) return formatDate(ms);
  return span > day / 12 ? formatHourMinute(ms) : formatClock(ms);
}

function spoken(bins: { errors: number; rows: number }[], timeAt: (share: number) => string): string {
  const worst = bins.reduce((most, bin, i) => (bin.errors > (bins[most]?.errors ?? 0) ? i : most), 0);
  const errors = Math.round(bins[worst]?.errors ?? 0);
  const peak =
    errors > 0
      ? `; most errors, ${formatCount(errors)}, near ${timeAt(worst / bins.length)} UTC`
      : "; no errors";
  return `Histogram of rows by level from ${timeAt(0)} to ${timeAt(1)} UTC${peak}`;
}
