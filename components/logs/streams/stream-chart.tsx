"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatCompact, formatCount } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import { rangeText, type ScreenTime } from "@/lib/logs/screen-time";
import type { MergedHistogram } from "@/lib/logs/streams/histogram-schema";
import { day, hour } from "@/lib/time";
import { useTimeFormat } from "../explorer/use-time-format";
import { barPaths } from "./bar-paths";
import type { StreamLogState } from "./use-stream-log";

const pitch = 8;
const height = 72;
const levelFills = ["fill-lv-debug", "fill-lv-info", "fill-lv-warn", "fill-lv-error", "fill-lv-fatal"];
const streamFill = {
  ...{ c1: "fill-c1", c2: "fill-c2", c3: "fill-c3", c4: "fill-c4", c5: "fill-c5", c6: "fill-c6" },
};

/** Bars of rows, stacked by level or by stream. Drag to see a part; a click leads to the rows of a bar. */
export function StreamChart({ log, data }: { log: StreamLogState; data: MergedHistogram }) {
  const time = useTimeFormat();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const { bars, widthMs } = data;
  const start = Date.parse(bars[0]?.start ?? "");
  const byStream = log.params.stack === "stream";
  const stacks = bars.map(({ levels, groups }) =>
    byStream ? groups : logLevels.map((level) => levels[level]),
  );
  const fills = byStream
    ? [...data.groups.map((stream) => streamFill[log.colorOf(stream)]), "fill-c-rest"]
    : levelFills;
  const timeOf = (bar: number) => start + bar * widthMs;
  const edge = (at: number) => axisTime(at, bars.length * widthMs, time);
  const { seen } = log.scroll;
  const shown = seen && [log.rows.list[seen.first]?.stands ?? 0, log.rows.list[seen.last]?.stands ?? 0];
  const xOf = (at: number) => Math.min(bars.length, Math.max(0, (at - start) / widthMs)) * pitch;
  const isInside = shown && (shown[1] ?? 0) >= start && (shown[0] ?? 0) <= timeOf(bars.length);
  const barAt = (event: React.PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const bar = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
    return Math.min(bars.length - 1, Math.max(0, bar));
  };
  const letGo = () => {
    if (!drag) return;
    setDrag(null);
    const [first, last] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    if (first === last) return log.goTo(new Date(timeOf(first)).toISOString());
    log.set({
      since: new Date(timeOf(first)).toISOString(),
      until: new Date(timeOf(last + 1)).toISOString(),
    });
  };
  return (
    <>
      <svg
        viewBox={`0 0 ${bars.length * pitch} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={spoken(data, `${rangeText(timeOf(0), timeOf(bars.length), time)} ${time.zone}`)}
        className="block h-16 w-full cursor-crosshair touch-none max-md:h-12"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: barAt(event), to: barAt(event) });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, to: barAt(event) })}
        onPointerUp={letGo}
        onPointerCancel={() => setDrag(null)}
      >
        <path d={`M0 ${height - 0.5}H${bars.length * pitch}`} className="stroke-line" />
        {barPaths(stacks, fills.length, height, pitch).map((path, index) => (
          <path key={fills[index]} d={path} className={fills[index]} />
        ))}
        {isInside && shown && (
          <rect
            x={xOf(shown[0] ?? 0)}
            y="0"
            width={Math.max(3, xOf(shown[1] ?? 0) - xOf(shown[0] ?? 0))}
            height={height}
            className="fill-accent opacity-15"
          />
        )}
        {drag && (
          <rect
            x={Math.min(drag.from, drag.to) * pitch}
            y="0"
            width={(Math.abs(drag.to - drag.from) + 1) * pitch}
            height={height}
            className="fill-accent opacity-25"
          />
        )}
      </svg>
      <TierBand bars={bars} />
      <div className="mt-1 flex items-center justify-between gap-3 text-11 text-text-3">
        <span className="whitespace-nowrap">{edge(timeOf(0))}</span>
        <span className="flex min-w-0 items-center gap-3">
          <span className="truncate">{inWords(data)}</span>
          <ToggleGroup
            label="Bars by"
            value={log.params.stack}
            options={[
              { value: "level", label: "by level" },
              { value: "stream", label: log.params.run === null ? "by stream" : "by task" },
            ]}
            onValueChange={(stack) => log.set({ stack })}
            className="h-5 text-11 max-md:hidden"
          />
        </span>
        <span className="whitespace-nowrap">
          {edge(timeOf(bars.length))} {time.zone}
        </span>
      </div>
    </>
  );
}

/** As much of a time as tells the ends of the chart apart. */
function axisTime(at: number, spanMs: number, time: ScreenTime): string {
  if (spanMs > day) return `${time.day(at)} ${time.hourMinute(at)}`;
  return spanMs < hour ? time.clock(at) : time.hourMinute(at);
}

/** Solid is the live store, hatched the archive, dashes are rows that cannot be read. */
function TierBand({ bars }: { bars: MergedHistogram["bars"] }) {
  return (
    <div aria-hidden="true" className="mt-0.5 flex h-1.5">
      {bars.map(({ start, hot, cold, missing }) => (
        <span
          key={start}
          className={cn(
            "h-full grow",
            missing ? "bg-missing" : cold > 0 && cold >= hot ? "bg-hatch" : hot > 0 && "bg-tier-hot",
          )}
        />
      ))}
    </div>
  );
}

function inWords({ rows, streamCount, leftOut, blurred, exact }: MergedHistogram): string {
  const what = `${formatCount(rows)} rows in ${formatCount(streamCount)} ${streamCount === 1 ? "stream" : "streams"}`;
  const notes = [
    leftOut > 0 && `${formatCompact(leftOut)} or more streams not counted`,
    blurred > 0 && `${formatCompact(blurred)} rows near their bar`,
    !exact && "rows are moving",
  ].filter(Boolean);
  return [what, ...notes].join(", ");
}

function spoken({ bars }: MergedHistogram, range: string): string {
  const errors = bars.reduce((sum, { levels }) => sum + levels.error + levels.fatal, 0);
  return `Rows over time, ${range}; ${errors > 0 ? `${formatCount(errors)} errors` : "no errors"}`;
}
