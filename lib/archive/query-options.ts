import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import { second } from "@/lib/time";
import { chunkFacts } from "./schema";

/** One chunk of the strip. Chunks do not change by themselves, what is known of them does: a look is good for half a minute. */
export function chunkFactsOptions(workspace: string, episodeId: string, chunkNumber: number | null) {
  const place = [workspace, episodeId].map(encodeURIComponent);
  return queryOptions({
    queryKey: ["archive", workspace, episodeId, "chunk", chunkNumber] as const,
    queryFn: ({ signal }) =>
      fetchJson(`/api/w/${place[0]}/archive/${place[1]}/chunks/${chunkNumber}`, chunkFacts, signal),
    enabled: chunkNumber !== null,
    staleTime: 30 * second,
  });
}
