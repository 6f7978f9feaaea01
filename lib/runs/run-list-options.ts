import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/query/fetch-json";
import { minute, second } from "@/lib/time";
import { everyRun, type RunFilters } from "./list/filters";
import { runHistogram, workflowDurations } from "./list/histogram-schema";
import { unpackedRunPage } from "./list/packed";
import type { RunPage } from "./schema";
import { paramsOf, runListQuery } from "./search-params";
import { runStatus } from "./status";

const busyPollMs = 5 * second;
const quietPollMs = 30 * second;

const runPageAnswer = z.union([
  unpackedRunPage,
  z.object({ unchanged: z.literal(true), asOf: z.iso.datetime() }),
]);

const place = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}/runs`;
const queryOf = (filters: RunFilters) => runListQuery({ ...paramsOf(filters), size: filters.size });

/** A page of the run list as the browser asks for it again: often while something on it changes, now and then otherwise. */
export function runListOptions(workspace: string, filters: RunFilters) {
  const queryKey = ["runs", workspace, "list", filters] as const;
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }) => fetchRunPage(workspace, filters, signal, known(client, queryKey)),
    staleTime: busyPollMs,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? busyPollMs : quietPollMs),
    refetchOnWindowFocus: true,
  });
}

/** The runs of late, for Ctrl K. */
export function recentRunsOptions(workspace: string) {
  return queryOptions({
    queryKey: ["runs", workspace, "recent"] as const,
    queryFn: ({ signal }) => fetchRunPage(workspace, everyRun, signal, null),
    staleTime: 15 * second,
  });
}

/** The bars above the list: of the filter, whatever the page. */
export function runHistogramOptions(workspace: string, filters: RunFilters) {
  const filter = { ...filters, cursor: null, direction: "older", size: 50 } as const;
  return queryOptions({
    queryKey: ["runs", workspace, "histogram", filter] as const,
    queryFn: ({ signal }) =>
      fetchJson(`${place(workspace)}/histogram${queryOf(filter)}`, runHistogram, signal),
    staleTime: quietPollMs,
    refetchInterval: minute,
    placeholderData: (previous) => previous,
  });
}

/** How long the workflows of a page took lately: one request a page. */
export function workflowDurationsOptions(workspace: string, workflowIds: readonly string[]) {
  const wanted = [...new Set(workflowIds)].sort();
  const search = new URLSearchParams(wanted.map((id) => ["workflow", id]));
  return queryOptions({
    queryKey: ["runs", workspace, "durations", wanted] as const,
    queryFn: ({ signal }) => fetchJson(`${place(workspace)}/durations?${search}`, workflowDurations, signal),
    enabled: wanted.length > 0,
    staleTime: minute,
    placeholderData: (previous) => previous,
  });
}

async function fetchRunPage(
  workspace: string,
  filters: RunFilters,
  signal: AbortSignal,
  before: RunPage | null,
): Promise<RunPage> {
  const query = new URLSearchParams(queryOf(filters));
  query.set("packed", "1");
  if (before) query.set("known_as_of", before.asOf);
  const answer = await fetchJson(`${place(workspace)}?${query}`, runPageAnswer, signal);
  if (!("unchanged" in answer)) return answer;
  return before ? { ...before, asOf: answer.asOf } : fetchRunPage(workspace, filters, signal, null);
}

function known(client: QueryClient, queryKey: readonly unknown[]): RunPage | null {
  return client.getQueryData<RunPage>(queryKey) ?? null;
}

function isBusy(page: RunPage): boolean {
  return page.runs.some((run) => !runStatus[run.status].final);
}
