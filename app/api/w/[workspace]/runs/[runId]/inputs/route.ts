import { failed, workspaceRoute } from "@/lib/auth/route";
import { getRunInputs } from "@/lib/runs/inputs";

/** What the run was made with, down to the assets. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, _request, { runId }) => {
    const inputs = await getRunInputs(scope, runId);
    if (!inputs) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    return Response.json(inputs, { headers: { "cache-control": "no-store" } });
  },
);
