import { failed, workspaceRoute } from "@/lib/auth/route";
import { listRunChoices } from "@/lib/runs/compare/queries";

/** The runs of the same workflow, and which of them to begin with. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, _request, { runId }) => {
    const choices = await listRunChoices(scope, runId);
    if (!choices) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    return Response.json(choices, { headers: { "cache-control": "no-store" } });
  },
);
