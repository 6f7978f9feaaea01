import { workspaceRoute } from "@/lib/auth/route";
import { runViewsPlace } from "@/lib/runs/views/tabs";
import { listViews } from "@/lib/saved-views/queries";

/** The caller's saved views of the run list and the shared ones. */
export const GET = workspaceRoute("runs:read", async (scope) => {
  const views = await listViews(scope, runViewsPlace);
  return Response.json(views, { headers: { "cache-control": "no-store" } });
});
