import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import { type RunFilters, type RunPage, runPage } from "./schema";
import { runListQuery } from "./search-params";
import { runStatus } from "./status";

const busyPollMs = 5_000;
const quietPollMs = 30_000;
const paletteStaleMs = 15_000;

/** A page of the run list as the browser asks for it again: often while something on it changes, now and then otherwise. */
export function runListOptions(workspace: string, filters: RunFilters) {
  return queryOptions({
    queryKey: ["runs", workspace, "list", filters] as const,
    queryFn: ({ signal }) => fetchRunPage(workspace, filters, signal),
    staleTime: busyPollMs,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? busyPollMs : quietPollMs),
    refetchOnWindowFocus: true,
  });
}

/** The runs of late, for Ctrl K. */
export function recentRunsOptions(workspace: string) {
  return queryOptions({
    queryKey: ["runs", workspace, "recent"] as const,
    queryFn: ({ signal }) => fetchRunPage(workspace, everyRun, signal),
    staleTime: paletteStaleMs,
  });
}

const everyRun: RunFilters = { statuses: [], workflowId: null, cursor: null, direction: "older" };

function fetchRunPage(workspace: string, filters: RunFilters, signal: AbortSignal): Promise<RunPage> {
  const query = runListQuery({
    status: filters.statuses,
    workflow: filters.workflowId,
    cursor: filters.cursor,
    direction: filters.direction,
  });
  return fetchJson(`/api/w/${encodeURIComponent(workspace)}/runs${query}`, runPage, signal);
}

function isBusy(page: RunPage): boolean {
  return page.runs.some((run) => !runStatus[run.status].final);
}
