import { longAnswer } from "@/lib/auth/long-answer";
import { failed, workspaceRoute } from "@/lib/auth/route";
import { byteStream, untilLeft } from "@/lib/logs/byte-stream";
import { openExport } from "@/lib/logs/export/export";
import { exportHeaders } from "@/lib/logs/export/headers";
import { exportRequestFrom } from "@/lib/logs/export/request";

/** Rows of an episode as a file. docs/api.md says what its last line proves and how a download that broke off goes on. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { workspace, episodeId }) => {
    const wanted = exportRequestFrom(new URL(request.url).searchParams);
    const answer = await longAnswer(workspace, "logs:read");
    const { left, signal } = untilLeft(request);
    const opened = await openExport(scope, episodeId, wanted, { answer, signal });
    if (!opened) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return new Response(byteStream(opened.bytes, left), {
      headers: exportHeaders(episodeId, wanted, opened),
    });
  },
);
