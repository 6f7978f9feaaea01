import { workspaceRoute } from "@/lib/auth/route";
import { searchInputs } from "@/lib/datasets/queries";

/** Assets and datasets with `?q=` in their name, for whoever starts a run. */
export const GET = workspaceRoute("artifacts:read", async (scope, request) => {
  const text = new URL(request.url).searchParams.get("q") ?? "";
  return Response.json(await searchInputs(scope, text.trim()), { headers: { "cache-control": "no-store" } });
});
