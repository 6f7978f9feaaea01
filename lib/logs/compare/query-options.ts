import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { pairTemplatesPage, runChoices, runComparison } from "./run-schema";
import { comparison, comparisonChoices } from "./schema";

const workspacePlace = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}`;
const comparePlace = ({ workspace, episodeId }: EpisodeAddress) =>
  `${workspacePlace(workspace)}/logs/${encodeURIComponent(episodeId)}/compare`;
const runPlace = (workspace: string, runId: string) =>
  `${workspacePlace(workspace)}/runs/${encodeURIComponent(runId)}/compare`;

const firstPage: string | null = null;
/** A comparison reads up to 100,000 rows of each side: it is asked for again by hand, not by the way. */
const asked = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: false } as const;

export function comparisonOptions(address: EpisodeAddress, other: string) {
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "compare", other],
    queryFn: ({ signal }) =>
      fetchJson(`${comparePlace(address)}?with=${encodeURIComponent(other)}`, comparison, signal),
    ...asked,
  });
}

export function comparisonChoicesOptions(address: EpisodeAddress, search: string) {
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "compare choices", search],
    queryFn: ({ signal }) =>
      fetchJson(
        `${comparePlace(address)}/choices?q=${encodeURIComponent(search)}`,
        comparisonChoices,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

export function runComparisonOptions(workspace: string, runA: string, runB: string) {
  return queryOptions({
    queryKey: ["runs", workspace, runA, "compare", runB],
    queryFn: ({ signal }) =>
      fetchJson(`${runPlace(workspace, runA)}?with=${encodeURIComponent(runB)}`, runComparison, signal),
    ...asked,
  });
}

/** The logs of the tasks, a part of them with each answer. */
export function pairTemplatesOptions(workspace: string, runA: string, runB: string) {
  return infiniteQueryOptions({
    queryKey: ["runs", workspace, runA, "compare", runB, "tasks"],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ with: runB });
      if (pageParam !== null) query.set("after", pageParam);
      return fetchJson(`${runPlace(workspace, runA)}/tasks?${query}`, pairTemplatesPage, signal);
    },
    initialPageParam: firstPage,
    getNextPageParam: ({ next }) => next,
    ...asked,
  });
}

export function runChoicesOptions(workspace: string, runId: string) {
  return queryOptions({
    queryKey: ["runs", workspace, runId, "compare choices"],
    queryFn: ({ signal }) => fetchJson(`${runPlace(workspace, runId)}/choices`, runChoices, signal),
    staleTime: 30_000,
  });
}
