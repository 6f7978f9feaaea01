import { failed, workspaceRoute } from "@/lib/auth/route";
import { getRun, listRunTasks } from "@/lib/runs/queries";

/** What of a run changes while it runs. Its graph does not, so a refetch never carries it. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  async (scope, _request, { runId }) => {
    // The run is read first: its counts may be older than the tasks beside it, never a finished run with busy tasks.
    const run = await getRun(scope, runId);
    if (!run) return failed({ ok: false, code: "not_found", message: "There is no such run." });
    const tasks = await listRunTasks(scope, runId);
    return Response.json({ run, tasks }, { headers: { "cache-control": "no-store" } });
  },
);
