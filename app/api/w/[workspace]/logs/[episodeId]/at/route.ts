import { failed, workspaceRoute } from "@/lib/auth/route";
import { timeFrom } from "@/lib/logs/page-request";
import { findRowAtTime } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const row = await findRowAtTime(scope, episodeId, timeFrom(new URL(request.url).searchParams));
    if (row === undefined)
      return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json({ row }, { headers: { "cache-control": "no-store" } });
  },
);
