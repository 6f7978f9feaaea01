import { queryOptions } from "@tanstack/react-query";
import type { SavedViewPage } from "@/drizzle/schema/saved-view-pages";
import { fetchJson } from "@/lib/query/fetch-json";
import { savedViewList, type ViewPlace } from "./schema";

/** Each page has a route of its own, for each asks for a permission of its own. */
const routes: Record<SavedViewPage, string> = { logs: "log-views", runs: "runs/views" };

/** The views that somebody at this place can open. */
export function viewsOptions(workspace: string, { page, episodeId }: ViewPlace) {
  const path = `/api/w/${encodeURIComponent(workspace)}/${routes[page]}`;
  const search = episodeId === null ? "" : `?episode=${encodeURIComponent(episodeId)}`;
  return queryOptions({
    queryKey: ["saved-views", workspace, page, episodeId] as const,
    queryFn: ({ signal }) => fetchJson(path + search, savedViewList, signal),
    staleTime: 30_000,
  });
}
