import { failed, workspaceRoute } from "@/lib/auth/route";
import { getEpisode } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, _request, { episodeId }) => {
    const episode = await getEpisode(scope, episodeId);
    if (!episode) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(episode, { headers: { "cache-control": "no-store" } });
  },
);
