import { formatClock, formatClockMs, formatDate, formatHourMinute } from "@/lib/format";
import type { TimeScale } from "@/lib/runs/time-scale";
import type { AxisTick } from "@/lib/runs/timeline";
import { day, minute, second } from "@/lib/time";

interface TimeAxisProps {
  scale: TimeScale | null;
  ticks: readonly AxisTick[];
}

/** The scale over the bars: the start at the left to the second, then round moments, all in UTC. */
export function TimeAxis({ scale, ticks }: TimeAxisProps) {
  if (!scale) return <span className="font-normal">nothing has begun</span>;
  const write = writerFor(ticks.slice(1));
  // The start is no round moment: written like one it would say that it was earlier.
  const writeStart = write === formatHourMinute ? formatClock : write;
  return (
    <div aria-hidden="true" className="pointer-events-none relative h-4 font-normal">
      {ticks.map(({ atMs, left }) => (
        <span
          key={atMs}
          className="absolute whitespace-nowrap data-[edge=end]:-translate-x-full data-[edge=inner]:pl-1.25"
          data-edge={left > 0.88 ? "end" : left === 0 ? "start" : "inner"}
          style={{ left: `${left * 100}%` }}
        >
          {left === 0 ? writeStart(atMs) : write(atMs)}
        </span>
      ))}
    </div>
  );
}

/**
 * The moment that is looked back to, the ticks continued down a row, and what was left out as a band, as a background: no
 * element of their own in any of the rows.
 */
export function axisLines(scale: TimeScale | null, ticks: readonly AxisTick[], at: string | null): string {
  const moment = scale && at !== null ? scale.at(Date.parse(at)) : -1;
  const lines = [
    ...(moment >= 0 && moment <= 1 ? [lineAt(moment, "var(--accent)")] : []),
    ...ticks.filter(({ left }) => left > 0).map(({ left }) => lineAt(left, "var(--line)")),
  ];
  const gaps = (scale?.gaps ?? []).map(
    // A background is placed by what is left of the axis beside it.
    ({ left, width }) =>
      `linear-gradient(var(--active), var(--active)) ${(left / (1 - width)) * 100}% 0 / ${width * 100}% 100% no-repeat`,
  );
  return [...lines, ...gaps].join(", ");
}

function lineAt(left: number, color: string): string {
  return `linear-gradient(${color}, ${color}) ${left * 100}% 0 / 1px 100% no-repeat`;
}

/** As many digits as these round moments have. */
function writerFor(rounds: readonly AxisTick[]): (atMs: number) => string {
  const areWhole = (unit: number) => rounds.every(({ atMs }) => atMs % unit === 0);
  if (rounds.length > 0 && areWhole(day)) return formatDate;
  if (areWhole(minute)) return formatHourMinute;
  return areWhole(second) ? formatClock : formatClockMs;
}
