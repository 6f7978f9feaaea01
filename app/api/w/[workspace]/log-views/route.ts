import { workspaceRoute } from "@/lib/auth/route";
import { episodeIdFrom } from "@/lib/logs/page-request";
import { listViews } from "@/lib/saved-views/queries";

/** The caller's saved views and the shared ones, for an episode and for any. */
export const GET = workspaceRoute("logs:read", async (scope, request) => {
  const episodeId = episodeIdFrom(new URL(request.url).searchParams);
  const views = await listViews(scope, { page: "logs", episodeId });
  return Response.json(views, { headers: { "cache-control": "no-store" } });
});
