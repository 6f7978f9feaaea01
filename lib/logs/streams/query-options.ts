import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { FetchFailure, fetchJson } from "@/lib/query/fetch-json";
import { type LogQuery, logQueryParams } from "../search/query";
import { mergedHistogram } from "./histogram-schema";
import { type MergedPage, mergedPage, type StreamSetSummary, streamSetSummary } from "./schema";
import { type StreamSet, streamSetParams } from "./stream-set";

/** Streams as the browser names them: the workspace by its slug. */
export interface StreamsAddress {
  workspace: string;
  set: StreamSet;
}

/** Where a list begins, and to which side. */
export interface Anchor {
  from: string;
  direction: "forward" | "backward" | "around";
}

export const rowsPerPage = 200;
/** However long somebody scrolls, the tab holds a bounded number of rows. */
const pagesKept = 20;
const pollMs = 3_000;
const histogramMs = 10_000;
export const histogramBars = 140;

const place = ({ workspace }: StreamsAddress) => `/api/w/${encodeURIComponent(workspace)}/streams`;
const about = ({ workspace, set }: StreamsAddress) => ["streams", workspace, streamSetParams(set).toString()];

function addressOf(address: StreamsAddress, path: string, more: URLSearchParams): string {
  const params = streamSetParams(address.set);
  for (const [name, value] of more) params.append(name, value);
  return `${place(address)}/${path}?${params}`;
}

export const streamKeys = {
  totals: (address: StreamsAddress) => [...about(address), "totals"],
  streams: (address: StreamsAddress) => [...about(address), "streams"],
  rows: (address: StreamsAddress, query: LogQuery, anchor: Anchor) => {
    return [...about(address), "rows", logQueryParams(query).toString(), anchor];
  },
  histogram: (address: StreamsAddress, range: { since: string | null; until: string | null }) => {
    return [...about(address), "histogram", range.since, range.until];
  },
};

/** The sums of the counters; asked again while rows may come. */
export function totalsOptions(address: StreamsAddress, over: boolean) {
  return queryOptions({
    queryKey: streamKeys.totals(address),
    queryFn: ({ signal }) =>
      fetchJson(addressOf(address, "summary", new URLSearchParams()), streamSetSummary, signal),
    refetchInterval: ({ state }) => (over || isOver(state.data) || isLasting(state.error) ? false : pollMs),
    staleTime: pollMs,
  });
}

/** The same with the streams by name; asked again when there are more of them. */
export function streamsOptions(address: StreamsAddress, known: { streamCount: number; total: number }) {
  return queryOptions({
    queryKey: [...streamKeys.streams(address), known.streamCount],
    queryFn: ({ signal }) =>
      fetchJson(
        addressOf(address, "summary", new URLSearchParams({ streams: "true" })),
        streamSetSummary,
        signal,
      ),
    placeholderData: (previous) => previous,
    staleTime: histogramMs,
  });
}

export function histogramOptions(
  address: StreamsAddress,
  range: { since: string | null; until: string | null },
  live: boolean,
) {
  const params = new URLSearchParams({ bars: String(histogramBars) });
  if (range.since !== null) params.set("since", range.since);
  if (range.until !== null) params.set("until", range.until);
  return queryOptions({
    queryKey: streamKeys.histogram(address, range),
    queryFn: ({ signal }) => fetchJson(addressOf(address, "histogram", params), mergedHistogram, signal),
    placeholderData: (previous) => previous,
    refetchInterval: live ? histogramMs : false,
    staleTime: histogramMs,
  });
}

/** A page as the list holds it. */
export interface ListedPage extends MergedPage {
  /** The number of rows there were when the end of the list was last brought up to date; absent since the page was read. */
  broughtTo?: number;
}

export function rowsOptions(address: StreamsAddress, query: LogQuery, anchor: Anchor) {
  return infiniteQueryOptions({
    queryKey: streamKeys.rows(address, query, anchor),
    queryFn: ({ pageParam, signal }): Promise<ListedPage> =>
      readPage(address, query, pageParam, rowsPerPage, signal),
    initialPageParam: anchor,
    getNextPageParam: (last): Anchor | undefined =>
      last.reachesEnd ? undefined : { from: last.newer, direction: "forward" },
    getPreviousPageParam: (first): Anchor | undefined =>
      first.reachesStart ? undefined : { from: first.older, direction: "backward" },
    maxPages: pagesKept,
    // What was read stays as it was; new rows are put behind it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

export function readPage(
  address: StreamsAddress,
  query: LogQuery,
  { from, direction }: Anchor,
  limit: number,
  signal?: AbortSignal,
) {
  const params = logQueryParams(query);
  params.set("from", from);
  params.set("direction", direction);
  params.set("limit", String(limit));
  return fetchJson(addressOf(address, "rows", params), mergedPage, signal);
}

/** No stream gets more rows. A workspace is never over: a new stream may begin at any time. */
function isOver(summary: StreamSetSummary | undefined): boolean {
  return summary !== undefined && summary.open === 0 && summary.streamCount > 0;
}

function isLasting(error: Error | null): boolean {
  return error instanceof FetchFailure && error.lasting;
}
