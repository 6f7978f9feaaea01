import type { ReactNode } from "react";
import type { ScreenTime } from "@/lib/logs/screen-time";
import { day, hour, second } from "@/lib/time";

interface HistogramAxisProps {
  start: number;
  end: number;
  time: ScreenTime;
  /** Stands in the middle. */
  children: ReactNode;
}

/** Times below the bars: at both ends, and where there is room between them. */
export function HistogramAxis({ start, end, time, children }: HistogramAxisProps) {
  const at = (share: number) => axisTime(start + (end - start) * share, end - start, time);
  return (
    <div className="mt-0.75 flex h-4 justify-between whitespace-nowrap text-11 text-text-3">
      <span>{at(0)}</span>
      <span className="max-xl:hidden">{at(0.2)}</span>
      {children}
      <span className="max-xl:hidden">{at(0.8)}</span>
      <span>
        {at(1)} {time.zone}
      </span>
    </div>
  );
}

function axisTime(ms: number, span: number, time: ScreenTime): string {
  if (span > 4 * day) return span > 300 * day ? time.date(ms) : time.day(ms);
  if (span > day) return `${time.day(ms)} ${time.hourMinute(ms)}`;
  if (span > 2 * hour) return time.hourMinute(ms);
  return span > 20 * second ? time.clock(ms) : time.clockMs(ms);
}
