"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { Clock } from "@/lib/logs/search-params";
import type { TimeFrame } from "@/lib/logs/view/row-time";

/** How rows write their times. The server does not know the reader's zone, so a page begins in UTC. */
export function useTimeFrame(clock: Clock, firstAt: string | null): TimeFrame {
  const zone = useSyncExternalStore(never, zoneOfReader, () => "UTC");
  return useMemo(() => ({ clock, zone, firstAt }), [clock, zone, firstAt]);
}

const never = () => () => {};

function zoneOfReader(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
