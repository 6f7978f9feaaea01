import { failed, workspaceRoute } from "@/lib/auth/route";
import { histogramRequestFrom } from "@/lib/logs/page-request";
import { getHistogram } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const wanted = histogramRequestFrom(new URL(request.url).searchParams);
    const histogram = await getHistogram(scope, episodeId, wanted);
    if (!histogram) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(histogram, { headers: { "cache-control": "no-store" } });
  },
);
