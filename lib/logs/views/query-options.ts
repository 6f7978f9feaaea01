import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { savedViews } from "./schema";

export const viewsKey = ({ workspace, episodeId }: EpisodeAddress) => ["log-views", workspace, episodeId];

/** The views that somebody at this episode can open. */
export function viewsOptions(address: EpisodeAddress, enabled: boolean) {
  const path = `/api/w/${encodeURIComponent(address.workspace)}/log-views`;
  return queryOptions({
    queryKey: viewsKey(address),
    queryFn: ({ signal }) =>
      fetchJson(`${path}?episode=${encodeURIComponent(address.episodeId)}`, savedViews, signal),
    enabled,
    staleTime: 30_000,
  });
}
