import { failed, workspaceRoute } from "@/lib/auth/route";
import { countRows } from "@/lib/logs/queries";
import { logQueryFrom } from "@/lib/logs/search/query";

/** Rows of some levels and of a time range; other parts of a query need a search. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const { levels, time } = logQueryFrom(new URL(request.url).searchParams);
    const count = await countRows(scope, episodeId, { levels, time });
    if (!count) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(count, { headers: { "cache-control": "no-store" } });
  },
);
