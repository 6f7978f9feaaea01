import { failed, workspaceRoute } from "@/lib/auth/route";
import { listRunArtifacts } from "@/lib/runs/artifacts";

/** What the tasks of the run left. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "artifacts:read",
  async (scope, _request, { runId }) => {
    const list = await listRunArtifacts(scope, runId);
    if (!list) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    return Response.json(list, { headers: { "cache-control": "no-store" } });
  },
);
