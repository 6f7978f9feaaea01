import { workspaceRoute } from "@/lib/auth/route";
import { listExports } from "@/lib/logs/export/jobs/queries";

/** The caller's own exports of this workspace, newest first. */
export const GET = workspaceRoute("logs:read", async (scope) =>
  Response.json(await listExports(scope), { headers: { "cache-control": "no-store" } }),
);
