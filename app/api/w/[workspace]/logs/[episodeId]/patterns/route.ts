import { failed, workspaceRoute } from "@/lib/auth/route";
import { getPatterns } from "@/lib/logs/patterns/patterns";
import { logQueryFrom } from "@/lib/logs/search/query";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const list = await getPatterns(scope, episodeId, logQueryFrom(new URL(request.url).searchParams));
    if (!list) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(list, { headers: { "cache-control": "no-store" } });
  },
);
