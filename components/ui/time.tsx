"use client";

import { useSyncExternalStore } from "react";
import { formatInstant, formatLocalInstant, formatRelative } from "@/lib/format";
import { second, toMs } from "@/lib/time";
import { useNow } from "./use-now";

interface TimeProps {
  at: string;
  className?: string;
}

/** How long ago in words; a `Countdown` says what is to come. The instant in UTC and the reader's own zone in the tooltip. */
export function Time({ at, className }: TimeProps) {
  const now = useNow(10 * second);
  // Only the browser knows the reader's zone, so the tooltip gains its second line once the page is alive.
  const local = useSyncExternalStore(
    neverChanges,
    () => formatLocalInstant(at),
    () => null,
  );
  return (
    <time
      dateTime={at}
      title={local === null ? formatInstant(at) : `${formatInstant(at)}\n${local}`}
      className={className}
      // The server wrote the age some seconds earlier.
      suppressHydrationWarning
    >
      {formatRelative(at, Math.max(now, toMs(at)))}
    </time>
  );
}

const neverChanges = () => () => {};
