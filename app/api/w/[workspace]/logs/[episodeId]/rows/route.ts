import { failed, workspaceRoute } from "@/lib/auth/route";
import { pageRequestFrom } from "@/lib/logs/page-request";
import { readLogPage } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const page = await readLogPage(scope, episodeId, pageRequestFrom(new URL(request.url).searchParams));
    if (!page) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(page, { headers: { "cache-control": "no-store" } });
  },
);
