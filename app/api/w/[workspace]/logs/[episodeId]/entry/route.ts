import { failed, workspaceRoute } from "@/lib/auth/route";
import { sequenceFrom } from "@/lib/logs/page-request";
import { getLogEntry } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const entry = await getLogEntry(scope, episodeId, sequenceFrom(new URL(request.url).searchParams));
    if (!entry) return failed({ ok: false, code: "not_found", message: "There is no such row." });
    return Response.json(entry, { headers: { "cache-control": "no-store" } });
  },
);
