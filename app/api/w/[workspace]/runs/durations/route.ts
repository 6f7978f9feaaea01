import { workspaceRoute } from "@/lib/auth/route";
import { getWorkflowDurations } from "@/lib/runs/list/durations";

/** How long the last successes of some workflows took: `?workflow=a&workflow=b`. */
export const GET = workspaceRoute<{ workspace: string }>("runs:read", async (scope, request) => {
  const workflows = new URL(request.url).searchParams.getAll("workflow");
  const durations = await getWorkflowDurations(scope, workflows);
  return Response.json({ durations }, { headers: { "cache-control": "no-store" } });
});
