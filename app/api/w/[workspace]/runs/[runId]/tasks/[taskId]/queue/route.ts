import { failed, workspaceRoute } from "@/lib/auth/route";
import { getQueuePlace } from "@/lib/runs/waiting";

/** How many tasks a queued one waits behind, and for whom. */
export const GET = workspaceRoute<{ workspace: string; runId: string; taskId: string }>(
  "runs:read",
  async (scope, _request, { runId, taskId }) => {
    const place = await getQueuePlace(scope, runId, taskId);
    if (!place)
      return failed({ ok: false, code: "not_found", message: "There is no such task in this run." });
    return Response.json(place, { headers: { "cache-control": "no-store" } });
  },
);
