import { workspaceRoute } from "@/lib/auth/route";
import { listBulkJobs } from "@/lib/runs/bulk/queries";

/** Acts on many runs, the newest first. */
export const GET = workspaceRoute<{ workspace: string }>("runs:read", async (scope, request) => {
  const cursor = new URL(request.url).searchParams.get("cursor");
  return Response.json(await listBulkJobs(scope, cursor), { headers: { "cache-control": "no-store" } });
});
