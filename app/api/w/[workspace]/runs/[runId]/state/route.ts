import { failed, workspaceRoute } from "@/lib/auth/route";
import { getRunState } from "@/lib/runs/state";

/** What of a run changes while it runs. Its graph does not, so a refetch never carries it. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, _request, { runId }) => {
    const state = await getRunState(scope, runId);
    if (!state) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    return Response.json(state, { headers: { "cache-control": "no-store" } });
  },
);
