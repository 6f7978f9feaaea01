"use client";

import { formatInstant, formatLocalInstant, formatRelative } from "@/lib/format";
import { second, toMs } from "@/lib/time";
import { useNow } from "./use-now";

interface TimeProps {
  at: string;
  className?: string;
}

/** How long ago in words; both zones in the tooltip. */
export function Time({ at, className }: TimeProps) {
  const now = useNow(10 * second);
  return (
    <time
      dateTime={at}
      title={`${formatInstant(at)}\n${formatLocalInstant(at)}`}
      className={className}
      // Server and browser write it some seconds and perhaps some zones apart.
      suppressHydrationWarning
    >
      {formatRelative(at, Math.max(now, toMs(at)))}
    </time>
  );
}
