import { getEpisodeActs } from "@/lib/archive/acts/queries";
import { failed, workspaceRoute } from "@/lib/auth/route";

/** What the acts on an episode say before they are done. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "archive:read",
  async (scope, _request, { episodeId }) => {
    const acts = await getEpisodeActs(scope, episodeId);
    if (!acts) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(acts, { headers: { "cache-control": "no-store" } });
  },
);
