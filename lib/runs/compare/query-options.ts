import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import { pairTemplatesPage, runChoices, runComparison } from "./schema";

const placeOf = (workspace: string, runId: string) =>
  `/api/w/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(runId)}/compare`;

const firstPage: string | null = null;
/** A comparison reads all tasks of both runs: it is asked for again by hand, not by the way. */
const asked = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: false } as const;

export function runComparisonOptions(workspace: string, runA: string, runB: string) {
  return queryOptions({
    queryKey: ["runs", workspace, runA, "compare", runB],
    queryFn: ({ signal }) =>
      fetchJson(`${placeOf(workspace, runA)}?with=${encodeURIComponent(runB)}`, runComparison, signal),
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
      return fetchJson(`${placeOf(workspace, runA)}/tasks?${query}`, pairTemplatesPage, signal);
    },
    initialPageParam: firstPage,
    getNextPageParam: ({ next }) => next,
    ...asked,
  });
}

export function runChoicesOptions(workspace: string, runId: string) {
  return queryOptions({
    queryKey: ["runs", workspace, runId, "compare choices"],
    queryFn: ({ signal }) => fetchJson(`${placeOf(workspace, runId)}/choices`, runChoices, signal),
    staleTime: 30_000,
  });
}
