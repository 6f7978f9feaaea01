import { z } from "zod";
import { scrubAnswer } from "@/lib/archive/scrub/answer";
import { failed, workspaceRoute } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { getEpisode } from "@/lib/logs/queries";

const chunkNumber = z.coerce.number().int().min(0).max(2_147_483_647);

/**
 * Reads the archive of an episode again, or with `?chunk=` one of its chunks, and puts what it finds on record. The answer is
 * lines of JSON: progress while it takes, the result last.
 */
export const POST = workspaceRoute<{ workspace: string; episodeId: string }>(
  "archive:write",
  async (scope, request, { episodeId }) => {
    if (!(await getEpisode(scope, episodeId)))
      return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    const asked = new URL(request.url).searchParams.getAll("chunk");
    const chunkNumbers = z.array(chunkNumber).max(1_000).safeParse(asked);
    if (!chunkNumbers.success) throw new AppError("bad_input", "chunk: the number of a chunk.");
    const only = asked.length > 0 ? chunkNumbers.data : undefined;
    return new Response(scrubAnswer(scope, episodeId, only, request.signal), {
      headers: { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" },
    });
  },
);
