import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { FetchFailure, fetchJson } from "@/lib/query/fetch-json";
import {
  type EpisodeSummary,
  episodeOverview,
  episodeSummary,
  type LogFilter,
  type LogPage,
  logEntryDetail,
  logGapRow,
  logPage,
} from "./schema";
import { emptyPage, filled, firstOf, pageRows, type RowPage, resumeAt } from "./view/row-page";

/** An episode as the browser names it: workspace by slug. */
export interface EpisodeAddress {
  workspace: string;
  episodeId: string;
}

/** Slices of the overview: one for each 2 px of a minimap on a usual screen. */
export const overviewBuckets = 280;
/** Rows asked for at once by a filter. */
const hitsPerPage = 200;
const pollMs = 3_000;
const overviewMs = 15_000;

const path = ({ workspace, episodeId }: EpisodeAddress) =>
  `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}`;

const key = ({ workspace, episodeId }: EpisodeAddress) => ["logs", workspace, episodeId] as const;

export function summaryOptions(address: EpisodeAddress) {
  return queryOptions({
    queryKey: [...key(address), "summary"],
    queryFn: ({ signal }) => fetchJson(`${path(address)}/summary`, episodeSummary, signal),
    // Ended and settled: nothing changes any more. Otherwise rows may come, or move to the archive.
    refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : pollMs),
  });
}

const isSettled = (episode: EpisodeSummary) => episode.ended && !episode.archiving && episode.hot === 0;

/** `total` is part of the key in coarse steps only through invalidation: an old overview stays on screen while a new one comes. */
export function overviewOptions(address: EpisodeAddress, live: boolean) {
  return queryOptions({
    queryKey: [...key(address), "overview"],
    queryFn: ({ signal }) =>
      fetchJson(`${path(address)}/overview?buckets=${overviewBuckets}`, episodeOverview, signal),
    refetchInterval: live ? overviewMs : false,
  });
}

/** One aligned page of the unfiltered stream. A refetch reads only what is not known yet, or may have changed. */
export function rowPageOptions(address: EpisodeAddress, number: number) {
  const queryKey = rowPageKey(address, number);
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }) =>
      readPage(address, client.getQueryData<RowPage>(queryKey) ?? emptyPage(number), signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
    // Numbers given out moments ago are being written right now.
    refetchInterval: ({ state }) =>
      state.data?.gaps.some((gap) => gap.reason === "in_flight") ? 2_000 : false,
  });
}

export const rowPageKey = (address: EpisodeAddress, number: number) =>
  [...key(address), "rows", number] as const;

async function readPage(address: EpisodeAddress, known: RowPage, signal: AbortSignal): Promise<RowPage> {
  let page = known;
  let from = resumeAt(page);
  while (from !== null) {
    const limit = Math.min(pageRows, firstOf(page.number) + pageRows - from);
    const answer = await fetchJson(`${path(address)}/rows?from=${from}&limit=${limit}`, logPage, signal);
    page = filled(page, from, answer);
    const next = resumeAt(page);
    // No further: the end of the stream, or a gap that is still there.
    from = answer.next !== null && next !== null && next > from ? next : null;
  }
  return page;
}

/** The rows a filter keeps, from the first on. The cursor goes on behind the end, where new rows will be. */
export function hitsOptions(address: EpisodeAddress, filter: LogFilter) {
  return infiniteQueryOptions({
    queryKey: [...key(address), "hits", filter],
    queryFn: ({ pageParam, signal }) => readHits(address, filter, pageParam, signal),
    initialPageParam: "0",
    getNextPageParam: (last: LogPage) => last.next ?? last.nextSequenceNumber,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
  });
}

function readHits(address: EpisodeAddress, filter: LogFilter, from: string, signal?: AbortSignal) {
  const query = new URLSearchParams({ from, limit: String(hitsPerPage) });
  if (filter.levels.length > 0) query.set("levels", filter.levels.join(","));
  if (filter.text) query.set("text", filter.text);
  return fetchJson(`${path(address)}/rows?${query}`, logPage, signal);
}

/** The whole of one row. `shape` tells an entry from a number without one. */
export function entryOptions(address: EpisodeAddress, seq: string) {
  return queryOptions({
    queryKey: [...key(address), "entry", seq],
    queryFn: ({ signal }) => fetchJson(`${path(address)}/entry?seq=${seq}`, entryOrGap, signal),
  });
}

const entryOrGap = z.union([logGapRow, logEntryDetail]);

/** The next row of one of the levels, from a row on; null when there is none. Reads on while the store says "not there yet". */
export async function findByLevel(
  address: EpisodeAddress,
  options: { from: number; direction: "forward" | "backward"; levels: LogFilter["levels"] },
): Promise<number | null> {
  let from = String(options.from);
  for (let round = 0; round < 200; round++) {
    const query = new URLSearchParams({
      from,
      direction: options.direction,
      limit: "1",
      levels: options.levels.join(","),
    });
    const page = await fetchJson(`${path(address)}/rows?${query}`, logPage);
    const found = page.rows.find((row) => row.kind === "entry");
    if (found?.kind === "entry") return Number(found.seq);
    if (page.next === null || page.next === from) return null;
    from = page.next;
  }
  throw new FetchFailure(0, "unavailable", "No such row was found in the part that could be read.", null);
}
