"use client";

import { useQueryState } from "nuqs";
import { useMemo, useSyncExternalStore } from "react";
import { type ScreenTime, screenTime } from "@/lib/logs/screen-time";
import { explorerParams } from "@/lib/logs/search-params";

/**
 * How times are written on this page: in UTC, or in the reader's zone where the URL asks for that. The server does not know
 * that zone, so a page begins in UTC and changes when the browser has it.
 */
export function useTimeFormat(): ScreenTime & { local: boolean } {
  const [clock] = useQueryState("clock", explorerParams.clock);
  const zone = useSyncExternalStore(never, zoneOfReader, () => "UTC");
  const local = clock === "local";
  return useMemo(() => ({ ...screenTime(local ? zone : "UTC"), local }), [local, zone]);
}

const never = () => () => {};

function zoneOfReader(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
