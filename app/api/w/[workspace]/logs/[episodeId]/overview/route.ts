import { failed, workspaceRoute } from "@/lib/auth/route";
import { bucketsFrom } from "@/lib/logs/page-request";
import { getEpisodeOverview } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const buckets = bucketsFrom(new URL(request.url).searchParams);
    const overview = await getEpisodeOverview(scope, episodeId, buckets);
    if (!overview) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(overview, { headers: { "cache-control": "no-store" } });
  },
);
