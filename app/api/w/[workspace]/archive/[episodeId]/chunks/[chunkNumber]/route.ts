import { getChunkFacts } from "@/lib/archive/queries";
import { failed, workspaceRoute } from "@/lib/auth/route";

/** Everything about one chunk, for the strip of the archive page. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string; chunkNumber: string }>(
  "archive:read",
  async (scope, _request, { episodeId, chunkNumber }) => {
    // An int32 in the documents: what is longer is the number of no chunk.
    const facts = /^\d{1,9}$/.test(chunkNumber)
      ? await getChunkFacts(scope, episodeId, Number(chunkNumber))
      : null;
    if (!facts) return failed({ ok: false, code: "not_found", message: "There is no such chunk." });
    return Response.json(facts, { headers: { "cache-control": "no-store" } });
  },
);
