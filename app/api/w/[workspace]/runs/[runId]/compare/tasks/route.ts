import { failed, workspaceRoute } from "@/lib/auth/route";
import { comparePairs } from "@/lib/runs/compare/pair-templates";

/** What the logs of the two runs say differently, for the tasks behind `after`; as many as one answer may look at. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "logs:read",
  async (scope, request, { runId }) => {
    const params = new URL(request.url).searchParams;
    const other = params.get("with");
    if (!other) {
      return failed({ ok: false, code: "bad_input", message: "with: the id of another run is wanted." });
    }
    const page = await comparePairs(scope, runId, other, params.get("after"));
    if (!page) {
      const message = "One of the two runs is not in this workspace.";
      return failed({ ok: false, code: "not_found", message });
    }
    return Response.json(page, { headers: { "cache-control": "no-store" } });
  },
);
