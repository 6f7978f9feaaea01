import { failed, workspaceRoute } from "@/lib/auth/route";
import { getFacets } from "@/lib/logs/facets/facets";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, _request, { episodeId }) => {
    const list = await getFacets(scope, episodeId);
    if (!list) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(list, { headers: { "cache-control": "no-store" } });
  },
);
