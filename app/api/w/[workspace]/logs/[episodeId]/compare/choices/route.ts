import { failed, workspaceRoute } from "@/lib/auth/route";
import { listChoices } from "@/lib/logs/compare/choices";

/** What this episode can be compared with: the same task in other runs, and episodes whose name has `q`. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const search = new URL(request.url).searchParams.get("q") ?? "";
    const choices = await listChoices(scope, episodeId, search.trim());
    if (!choices) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(choices, { headers: { "cache-control": "no-store" } });
  },
);
