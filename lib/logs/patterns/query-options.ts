import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { type LogQuery, logQueryParams } from "../search/query";
import { patternList, patternValues } from "./schema";

const refreshMs = 15_000;

const place = ({ workspace, episodeId }: EpisodeAddress) =>
  `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}`;

/**
 * The patterns among the rows of a query. The templates it asks for or leaves out are not asked for here: all patterns are
 * listed, and say which of them the query keeps.
 */
export function patternsOptions(address: EpisodeAddress, query: LogQuery, settled: boolean) {
  const asked = logQueryParams({ ...query, template: null, without: [] }).toString();
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "patterns", asked],
    queryFn: ({ signal }) => fetchJson(`${place(address)}/patterns?${asked}`, patternList, signal),
    // Another query of this episode, not another episode.
    placeholderData: (previous, query) => (query?.queryKey[2] === address.episodeId ? previous : undefined),
    refetchInterval: ({ state }) => (settled || state.error ? false : refreshMs),
    staleTime: refreshMs,
  });
}

/** What stands at the `<*>` of a template, in the rows of the query from its last row back. */
export function patternValuesOptions(
  address: EpisodeAddress,
  query: LogQuery,
  template: string,
  from: string,
) {
  const params = logQueryParams({ ...query, template, without: [] });
  params.set("from", from);
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "pattern values", params.toString()],
    queryFn: ({ signal }) => fetchJson(`${place(address)}/pattern-values?${params}`, patternValues, signal),
    staleTime: 60_000,
  });
}
