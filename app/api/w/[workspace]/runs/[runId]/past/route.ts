import { failed, workspaceRoute } from "@/lib/auth/route";
import { getRunPast } from "@/lib/runs/past";

/** Attempts that were put away, and what people did to the run. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, _request, { runId }) => {
    const past = await getRunPast(scope, runId);
    if (!past) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    return Response.json(past, { headers: { "cache-control": "no-store" } });
  },
);
