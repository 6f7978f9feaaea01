import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { croppedBars } from "../view/histogram-bars";
import { type LogHistogram, logHistogram } from "./schema";

/** Bars at most, 7 to 8 px wide on a usual screen. A day in ten minutes each fits. */
export const mostBars = 150;
const refreshMs = 15_000;

/** A stretch of time: `since` is its first moment, `until` the first one behind it; null is the end of the episode there. */
export interface TimeWindow {
  since: string | null;
  until: string | null;
}

export const histogramKey = ({ workspace, episodeId }: EpisodeAddress, { since, until }: TimeWindow) =>
  ["logs", workspace, episodeId, "histogram", since, until] as const;

/** `settled`: no row will come and none will move any more. */
export function histogramOptions(address: EpisodeAddress, window: TimeWindow, settled: boolean) {
  const { workspace, episodeId } = address;
  const { since, until } = window;
  const query = new URLSearchParams({ bars: String(mostBars), strays: "out" });
  if (since !== null) query.set("since", since);
  if (until !== null) query.set("until", until);
  const path = `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}/histogram`;
  return queryOptions<LogHistogram, Error, LogHistogram, ReturnType<typeof histogramKey>>({
    queryKey: histogramKey(address, window),
    queryFn: ({ signal }) => fetchJson(`${path}?${query}`, logHistogram, signal),
    refetchInterval: settled ? false : refreshMs,
    staleTime: refreshMs,
    // While the bars of a shorter stretch are read, those that are there already stand for them, a little wider.
    placeholderData: (before) => croppedBars(before, window),
  });
}
