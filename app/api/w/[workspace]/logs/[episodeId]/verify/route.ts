import { failed, workspaceRoute } from "@/lib/auth/route";
import { getEpisode } from "@/lib/logs/queries";
import { verifyAnswer } from "@/lib/logs/verify/answer";

/** Reads and counts a whole episode again. The answer is lines of JSON: progress while it takes, the result last. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "archive:read",
  async (scope, request, { episodeId }) => {
    if (!(await getEpisode(scope, episodeId)))
      return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return new Response(verifyAnswer(scope, episodeId, request.signal), {
      headers: { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" },
    });
  },
);
