import { workspaceRoute } from "@/lib/auth/route";
import { runFiltersFrom } from "@/lib/runs/filters";
import { listRuns } from "@/lib/runs/queries";

export const GET = workspaceRoute<{ workspace: string }>("runs:read", async (scope, request) =>
  Response.json(await listRuns(scope, runFiltersFrom(new URL(request.url).searchParams)), {
    headers: { "cache-control": "no-store" },
  }),
);
