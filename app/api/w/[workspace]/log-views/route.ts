import { workspaceRoute } from "@/lib/auth/route";
import { episodeIdFrom } from "@/lib/logs/page-request";
import { listViews } from "@/lib/logs/views/queries";

/** The caller's saved views and the shared ones, for an episode and for any. */
export const GET = workspaceRoute("logs:read", async (scope, request) => {
  const views = await listViews(scope, episodeIdFrom(new URL(request.url).searchParams));
  return Response.json(views, { headers: { "cache-control": "no-store" } });
});
