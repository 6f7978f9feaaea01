import { z } from "zod";
import { workspaceRoute } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { writeGraphText } from "@/lib/workflows/graph-text";
import { getVersionGraph, getWorkflow } from "@/lib/workflows/queries";

const version = z.coerce.number().int().min(1);

/** A version as a file that a new workflow can begin with: the format of docs/api.md, "Workflows as files". */
export const GET = workspaceRoute<{ workspace: string; workflowId: string }>(
  "workflows:read",
  async (scope, request, { workflowId }) => {
    const workflow = await getWorkflow(scope, workflowId);
    if (!workflow) throw new AppError("not_found", "There is no such workflow in this workspace.");
    const asked = new URL(request.url).searchParams.get("version");
    const parsed = version.safeParse(asked ?? workflow.latestVersionNumber);
    if (!parsed.success) throw new AppError("bad_input", "version must be the number of a version.");
    const graph = await getVersionGraph(scope, workflowId, parsed.data);
    if (!graph) throw new AppError("not_found", `The workflow has no version ${parsed.data}.`);
    return new Response(writeGraphText(workflow.name, graph), {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": `attachment; filename="${workflow.slug}-v${parsed.data}.json"`,
        "cache-control": "no-store",
      },
    });
  },
);
