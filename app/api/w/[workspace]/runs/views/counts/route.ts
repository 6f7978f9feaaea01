import { workspaceRoute } from "@/lib/auth/route";
import { countViews } from "@/lib/runs/views/counts";

/** How many runs the saved views show, counted at most once a minute. */
export const GET = workspaceRoute("runs:read", async (scope) =>
  Response.json(await countViews(scope), { headers: { "cache-control": "no-store" } }),
);
