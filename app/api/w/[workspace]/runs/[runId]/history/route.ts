import { failed, workspaceRoute } from "@/lib/auth/route";
import { getRunHistory } from "@/lib/runs/history";

/** How long each node took in runs of the same workflow before this one. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, _request, { runId }) => {
    const history = await getRunHistory(scope, runId);
    if (!history) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    return Response.json(history, { headers: { "cache-control": "no-store" } });
  },
);
