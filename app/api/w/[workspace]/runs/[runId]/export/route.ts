import { failed, workspaceRoute } from "@/lib/auth/route";
import { exportRun } from "@/lib/runs/export";

/** The run with its tasks, earlier attempts, acts and graph as one JSON file. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, _request, { runId }) => {
    const run = await exportRun(scope, runId);
    if (!run) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    const name = runId.replace(/[^A-Za-z0-9._-]/g, "_");
    return new Response(JSON.stringify(run, null, 2), {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": `attachment; filename="${name}.json"`,
        "cache-control": "no-store",
      },
    });
  },
);
