import { failed, workspaceRoute } from "@/lib/auth/route";
import { compareEpisodes } from "@/lib/logs/compare/compare";
import { episodeId as episodeName } from "@/lib/logs/schema";

/** This episode against the one of `with`. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const other = episodeName.safeParse(new URL(request.url).searchParams.get("with"));
    if (!other.success) {
      return failed({ ok: false, code: "bad_input", message: "with: the id of another episode is wanted." });
    }
    const comparison = await compareEpisodes(scope, episodeId, other.data);
    if (!comparison) {
      const message = "One of the two episodes is not in this workspace.";
      return failed({ ok: false, code: "not_found", message });
    }
    return Response.json(comparison, { headers: { "cache-control": "no-store" } });
  },
);
