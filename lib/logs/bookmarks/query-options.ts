import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { bookmarkList } from "./schema";

export function bookmarksOptions({ workspace, episodeId }: EpisodeAddress) {
  const path = `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}/bookmarks`;
  return queryOptions({
    queryKey: ["logs", workspace, episodeId, "bookmarks"],
    queryFn: ({ signal }) => fetchJson(path, bookmarkList, signal),
    staleTime: 30_000,
  });
}
