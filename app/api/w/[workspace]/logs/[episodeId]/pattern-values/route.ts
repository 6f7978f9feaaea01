import { failed, workspaceRoute } from "@/lib/auth/route";
import { sequenceOrNewest } from "@/lib/logs/page-request";
import { getPatternValues } from "@/lib/logs/patterns/values";
import { logQueryFrom } from "@/lib/logs/search/query";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const params = new URL(request.url).searchParams;
    const query = logQueryFrom(params);
    const values = await getPatternValues(scope, episodeId, query, sequenceOrNewest(params, "from"));
    if (!values) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(values, { headers: { "cache-control": "no-store" } });
  },
);
