import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { FetchFailure, fetchJson } from "@/lib/query/fetch-json";
import { rowCount } from "./histogram/schema";
import {
  type EpisodeSummary,
  episodeOverview,
  episodeSummary,
  type LogPage,
  type LogRow,
  logEntryDetail,
  logGapRow,
  logPage,
} from "./schema";
import { searchPlan } from "./search/events";
import { type LogQuery, logQueryParams } from "./search/query";
import type { Gap } from "./view/gaps";
import { emptyPage, firstOf, pageRows, type RowPage, readRows } from "./view/row-page";
import { newRun, type SearchRun } from "./view/search-run";

/** An episode as the browser names it: the workspace by its slug. */
export interface EpisodeAddress {
  workspace: string;
  episodeId: string;
}

/** Slices of the overview: one for each 2 px of a minimap on a usual screen. */
export const overviewBuckets = 280;
const pagesKept = 80;
const pollMs = 3_000;
const overviewMs = 15_000;
const cacheMs = 5 * 60_000;

const place = ({ workspace, episodeId }: EpisodeAddress) =>
  `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}`;

const about = ({ workspace, episodeId }: EpisodeAddress) => ["logs", workspace, episodeId] as const;

/** Where new rows come from as they are written; with a query, those of them that are hits. */
export function tailAddress(address: EpisodeAddress, from: number, query?: LogQuery): string {
  const params = query ? logQueryParams(query) : new URLSearchParams();
  params.set("from", String(from));
  return `${place(address)}/tail?${params}`;
}

export const logKeys = {
  summary: (address: EpisodeAddress) => [...about(address), "summary"] as const,
  overview: (address: EpisodeAddress) => [...about(address), "overview"] as const,
  pages: (address: EpisodeAddress) => [...about(address), "rows"] as const,
  page: (address: EpisodeAddress, number: number) => [...about(address), "rows", number] as const,
  gaps: (address: EpisodeAddress) => [...about(address), "gaps"] as const,
  search: (address: EpisodeAddress, query: LogQuery) =>
    [...about(address), "search", logQueryParams(query).toString()] as const,
};

export function summaryOptions(address: EpisodeAddress) {
  return queryOptions({
    queryKey: logKeys.summary(address),
    queryFn: ({ signal }) => fetchJson(`${place(address)}/summary`, episodeSummary, signal),
    refetchInterval: ({ state }) =>
      (state.data && isSettled(state.data)) || isLasting(state.error) ? false : pollMs,
    staleTime: pollMs,
  });
}

/** Nothing changes any more: no row will come, and none will move to the archive. */
export function isSettled(episode: EpisodeSummary): boolean {
  return episode.ended && !episode.archiving && episode.hot === 0;
}

export function overviewOptions(address: EpisodeAddress, settled: boolean) {
  return queryOptions({
    queryKey: logKeys.overview(address),
    queryFn: ({ signal }) =>
      fetchJson(`${place(address)}/overview?buckets=${overviewBuckets}`, episodeOverview, signal),
    refetchInterval: settled ? false : overviewMs,
    staleTime: overviewMs,
  });
}

/** Gaps met so far, by the page that met them. They outlive their page: a gap decides where every row after it stands. */
export type GapBook = Readonly<Record<number, Gap[]>>;

export function gapBookOptions(address: EpisodeAddress) {
  return queryOptions<GapBook>({
    queryKey: logKeys.gaps(address),
    queryFn: () => ({}),
    enabled: false,
    initialData: {},
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** One aligned page of the unfiltered stream. A refetch reads only what is not known yet, or may have changed since. */
export function rowPageOptions(address: EpisodeAddress, number: number) {
  return queryOptions({
    queryKey: logKeys.page(address, number),
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<RowPage>(logKeys.page(address, number)) ?? emptyPage(number);
      const page = await readRows(known, (from) => {
        const limit = firstOf(number) + pageRows - from;
        return fetchJson(`${place(address)}/rows?from=${from}&limit=${limit}`, logPage, signal);
      });
      client.setQueryData(logKeys.gaps(address), (book: GapBook = {}) => withPage(book, page));
      forgetFarPages(client, address, number);
      return page;
    },
    // Numbers given out moments ago are being written right now.
    refetchInterval: ({ state }) =>
      state.data?.gaps.some((gap) => gap.reason === "in_flight") ? pollMs : false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: cacheMs,
  });
}

export function withPage(book: GapBook, page: RowPage): GapBook {
  const unchanged = page.gaps.length === 0 && !book[page.number]?.length;
  return unchanged ? book : { ...book, [page.number]: page.gaps };
}

/** However long somebody scrolls, the tab holds a bounded number of rows; those nearest to the last read stay. */
function forgetFarPages(client: QueryClient, address: EpisodeAddress, near: number) {
  const distance = (key: readonly unknown[]) => Math.abs(Number(key.at(-1)) - near);
  const cached = client.getQueryCache().findAll({ queryKey: logKeys.pages(address), type: "inactive" });
  cached.sort((a, b) => distance(a.queryKey) - distance(b.queryKey));
  for (const query of cached.slice(pagesKept))
    client.removeQueries({ queryKey: query.queryKey, exact: true });
}

/** Where the hits of a query come from, newest first, as they are found. */
export function searchAddress(
  address: EpisodeAddress,
  query: LogQuery,
  options: { limit: number; resume: string | null },
): string {
  const params = logQueryParams(query);
  params.set("limit", String(options.limit));
  if (options.resume !== null) params.set("resume", options.resume);
  return `${place(address)}/search?${params}`;
}

/** How far the search of a query has come. It is put here as it goes on, and stays for who comes back to the query. */
export function searchRunOptions(address: EpisodeAddress, query: LogQuery) {
  return queryOptions<SearchRun>({
    queryKey: logKeys.search(address, query),
    queryFn: () => newRun(query),
    enabled: false,
    initialData: () => newRun(query),
    // Each change is a new list already; comparing twenty thousand rows would only find that out.
    structuralSharing: false,
    gcTime: cacheMs,
  });
}

/** What a search would read of the archive, without searching. */
export function searchPlanOptions(address: EpisodeAddress, query: LogQuery) {
  return queryOptions({
    queryKey: [...about(address), "plan", logQueryParams(query).toString()],
    queryFn: ({ signal }) =>
      fetchJson(`${place(address)}/search?only=plan&${logQueryParams(query)}`, searchPlan, signal),
    staleTime: overviewMs,
    retry: false,
  });
}

/** How many rows a query keeps that asks for levels and a time only: counted, not read. */
export function rowCountOptions(address: EpisodeAddress, query: LogQuery) {
  return queryOptions({
    queryKey: [...about(address), "count", logQueryParams(query).toString()],
    queryFn: ({ signal }) => fetchJson(`${place(address)}/count?${logQueryParams(query)}`, rowCount, signal),
    staleTime: pollMs,
    placeholderData: keepPreviousData,
  });
}

const entryOrGap = z.union([logGapRow, logEntryDetail]);
export type EntryOrGap = z.infer<typeof entryOrGap>;

/** The whole of one row, or what is known about a number that has none. */
export function entryOptions(address: EpisodeAddress, seq: string | null) {
  return queryOptions({
    queryKey: [...about(address), "entry", seq],
    queryFn: ({ signal }) => fetchJson(`${place(address)}/entry?seq=${seq}`, entryOrGap, signal),
    enabled: seq !== null,
  });
}

interface Wanted {
  from: number;
  direction: "forward" | "backward";
  query: LogQuery;
  signal?: AbortSignal;
}

/** The next hit; null when there is none. Each answer is bounded work, so it may take several. */
export async function findHit(address: EpisodeAddress, wanted: Wanted): Promise<number | null> {
  let from = String(wanted.from);
  for (;;) {
    const params = logQueryParams(wanted.query);
    params.set("from", from);
    params.set("direction", wanted.direction);
    params.set("limit", "1");
    const page = await fetchJson(`${place(address)}/rows?${params}`, logPage, wanted.signal);
    const found = page.rows.find((row) => row.kind === "entry");
    if (found?.kind === "entry") return Number(found.seq);
    // A cursor that does not move would never end.
    if (page.next === null || page.next === from) return null;
    from = page.next;
  }
}

/** The hits of a range, all of them. */
export async function readHits(
  address: EpisodeAddress,
  range: { from: string; to: string; query: LogQuery },
): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  let from: string | null = range.from;
  while (from !== null && BigInt(from) <= BigInt(range.to)) {
    const params = logQueryParams(range.query);
    params.set("from", from);
    params.set("limit", "1000");
    const page: LogPage = await fetchJson(`${place(address)}/rows?${params}`, logPage);
    rows.push(...page.rows);
    // A cursor that does not move would never end.
    from = page.next === from ? null : page.next;
  }
  return rows.filter((row) => BigInt(row.kind === "gap" ? row.from : row.seq) <= BigInt(range.to));
}

export function isLasting(error: Error | null): boolean {
  return error instanceof FetchFailure && error.lasting;
}
