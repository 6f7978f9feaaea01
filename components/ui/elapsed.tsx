"use client";

import { formatDuration } from "@/lib/format";
import { second, toMs } from "@/lib/time";
import { useNow } from "./use-now";

/** Time since an instant, counting on every second: what runs now has run for this long. */
export function Elapsed({ since, className }: { since: string; className?: string }) {
  const now = useNow(second);
  return (
    <span className={className} suppressHydrationWarning>
      {formatDuration(Math.max(0, now - toMs(since)))}
    </span>
  );
}
