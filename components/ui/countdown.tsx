"use client";

import { formatDuration, formatInstant } from "@/lib/format";
import { second } from "@/lib/time";
import { useNow } from "./use-now";

/** The time that is left until an instant, counting on. Afterwards it says what happens then. */
export function Countdown({ until, after, className }: { until: string; after: string; className?: string }) {
  const left = Date.parse(until) - useNow(second);
  return (
    <time dateTime={until} title={formatInstant(until)} className={className} suppressHydrationWarning>
      {left > 0 ? `in ${formatDuration(left)}` : after}
    </time>
  );
}
