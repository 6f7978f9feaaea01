import { workspaceRoute } from "@/lib/auth/route";
import { getRunHistogram } from "@/lib/runs/list/histogram";
import { loadRunListParams, runFiltersOf } from "@/lib/runs/search-params";

/** The runs of a filter over time, by status. */
export const GET = workspaceRoute<{ workspace: string }>("runs:read", async (scope, request) => {
  const filters = runFiltersOf(loadRunListParams(new URL(request.url).searchParams));
  return Response.json(await getRunHistogram(scope, filters), { headers: { "cache-control": "no-store" } });
});
