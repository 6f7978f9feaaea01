import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import type { SavedView } from "@/lib/saved-views/schema";
import { minute } from "@/lib/time";
import { viewCounts } from "./counts-schema";

/** Counted anew once a minute, while somebody looks; another view, or a view that changed, is counted at once. */
export function viewCountsOptions(workspace: string, views: readonly SavedView[]) {
  const known = views.map(({ id, params }) => [id, params]);
  return queryOptions({
    queryKey: ["runs", workspace, "view-counts", known] as const,
    queryFn: ({ signal }) =>
      fetchJson(`/api/w/${encodeURIComponent(workspace)}/runs/views/counts`, viewCounts, signal),
    enabled: views.length > 0,
    staleTime: minute,
    refetchInterval: minute,
    refetchIntervalInBackground: false,
    placeholderData: (previous) => previous,
  });
}
