import { failed, workspaceRoute } from "@/lib/auth/route";
import { getTask } from "@/lib/runs/queries";

export const GET = workspaceRoute<{ workspace: string; runId: string; taskId: string }>(
  "runs:read",
  async (scope, _request, { runId, taskId }) => {
    const task = await getTask(scope, runId, taskId);
    if (!task) return failed({ ok: false, code: "not_found", message: "There is no such task in this run." });
    return Response.json(task, { headers: { "cache-control": "no-store" } });
  },
);
