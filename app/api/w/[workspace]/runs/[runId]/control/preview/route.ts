import { failed, workspaceRoute } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { previewCancel, previewRetry, previewRetryFailed } from "@/lib/runs/control/preview";

/** What an act on the run would touch: `act=cancel`, `act=retry_failed`, or `act=retry` with each `task`. Nothing changes. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:write",
  async (scope, request, { runId }) => {
    const params = new URL(request.url).searchParams;
    const preview = await previewOf(params.get("act"));
    if (!preview.ok) return failed(preview);
    return Response.json(preview, { headers: { "cache-control": "no-store" } });

    function previewOf(act: string | null) {
      if (act === "cancel") return previewCancel(scope, runId);
      if (act === "retry_failed") return previewRetryFailed(scope, runId);
      if (act === "retry") return previewRetry(scope, runId, params.getAll("task").slice(0, mostTasks));
      throw new AppError("bad_input", "act: cancel, retry or retry_failed is wanted.");
    }
  },
);

const mostTasks = 1_000;
