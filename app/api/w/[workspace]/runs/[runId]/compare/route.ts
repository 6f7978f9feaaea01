import { failed, workspaceRoute } from "@/lib/auth/route";
import { compareRuns } from "@/lib/runs/compare/queries";

/** The tasks of this run beside those of the run of `with`, with what counters know of their logs. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, request, { runId }) => {
    const other = new URL(request.url).searchParams.get("with");
    if (!other) {
      return failed({ ok: false, code: "bad_input", message: "with: the id of another run is wanted." });
    }
    const comparison = await compareRuns(scope, runId, other);
    if (!comparison) {
      const message = "One of the two runs is not in this workspace.";
      return failed({ ok: false, code: "not_found", message });
    }
    return Response.json(comparison, { headers: { "cache-control": "no-store" } });
  },
);
