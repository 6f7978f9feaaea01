import { failed, workspaceRoute } from "@/lib/auth/route";
import { getTaskHistory } from "@/lib/runs/history";
import { getTask } from "@/lib/runs/queries";

/** How long the task's node took in the runs before this one. */
export const GET = workspaceRoute<{ workspace: string; runId: string; taskId: string }>(
  "runs:read",
  async (scope, _request, { runId, taskId }) => {
    const task = await getTask(scope, runId, taskId);
    const history = task && (await getTaskHistory(scope, runId, task.nodeId));
    if (!history)
      return failed({ ok: false, code: "not_found", message: "There is no such task in this run." });
    return Response.json(history, { headers: { "cache-control": "no-store" } });
  },
);
