import { formatClock, formatClockMs, formatDate, formatHourMinute } from "@/lib/format";
import type { AxisTick, TimeSpan } from "@/lib/runs/timeline";
import { day, minute, second } from "@/lib/time";

interface TimeAxisProps {
  span: TimeSpan | null;
  ticks: readonly AxisTick[];
}

/** The scale over the bars: the start at the left, round steps from it, all in UTC. */
export function TimeAxis({ span, ticks }: TimeAxisProps) {
  if (!span) return <span className="font-normal">nothing has begun</span>;
  const write = writerFor(span, ticks);
  return (
    <div aria-hidden="true" className="relative h-4 font-normal">
      {ticks.map(({ atMs, left }) => (
        <span
          key={atMs}
          className="absolute whitespace-nowrap data-[edge=end]:-translate-x-full data-[edge=inner]:pl-1.25"
          data-edge={left > 0.88 ? "end" : left === 0 ? "start" : "inner"}
          style={{ left: `${left * 100}%` }}
        >
          {write(atMs)}
        </span>
      ))}
    </div>
  );
}

/** The ticks continued down a row, as a background: no element of their own in any of the rows. */
export function tickLines(ticks: readonly AxisTick[]): string {
  return ticks
    .filter(({ left }) => left > 0)
    .map(({ left }) => `linear-gradient(var(--line), var(--line)) ${left * 100}% 0 / 1px 100% no-repeat`)
    .join(", ");
}

/** As many digits as tell two ticks apart. */
function writerFor(span: TimeSpan, ticks: readonly AxisTick[]): (atMs: number) => string {
  const step = (ticks[1]?.atMs ?? span.endMs) - span.startMs;
  if (step >= day) return formatDate;
  if (step >= minute) return formatHourMinute;
  return step >= second ? formatClock : formatClockMs;
}
