import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { facetList } from "./schema";

const refreshMs = 15_000;
/** Chunks are being counted behind the answer. */
const countingMs = 5_000;

export function facetsOptions({ workspace, episodeId }: EpisodeAddress, settled: boolean) {
  return queryOptions({
    queryKey: ["logs", workspace, episodeId, "facets"],
    queryFn: ({ signal }) =>
      fetchJson(
        `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}/facets`,
        facetList,
        signal,
      ),
    refetchInterval: ({ state }) => {
      if (state.data?.counting) return countingMs;
      return settled || state.error ? false : refreshMs;
    },
    staleTime: refreshMs,
  });
}
