import { workspaceRoute } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { getBulkJob } from "@/lib/runs/bulk/queries";
import { loadBulkParams } from "@/lib/runs/bulk/search-params";

/** A job and what became of its runs. */
export const GET = workspaceRoute<{ workspace: string; jobId: string }>(
  "runs:read",
  async (scope, request, { jobId }) => {
    const job = await getBulkJob(scope, jobId, loadBulkParams(new URL(request.url).searchParams));
    if (!job) throw new AppError("not_found", "There is no such job in this workspace.");
    return Response.json(job, { headers: { "cache-control": "no-store" } });
  },
);
