import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { comparison, comparisonChoices } from "./schema";

const workspacePlace = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}`;
const comparePlace = ({ workspace, episodeId }: EpisodeAddress) =>
  `${workspacePlace(workspace)}/logs/${encodeURIComponent(episodeId)}/compare`;

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
