import { longAnswer } from "@/lib/auth/long-answer";
import { failed, workspaceRoute } from "@/lib/auth/route";
import { byteStream, untilLeft } from "@/lib/logs/byte-stream";
import { eventText } from "@/lib/logs/tail/event";
import { followEpisode } from "@/lib/logs/tail/follow";
import { tailRequestFrom } from "@/lib/logs/tail/request";

/** New rows as server-sent events; `Last-Event-ID` goes on exactly behind the last event that arrived. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { workspace, episodeId }) => {
    const wanted = tailRequestFrom(new URL(request.url).searchParams, request.headers.get("last-event-id"));
    const answer = await longAnswer(workspace, "logs:read");
    const { left, signal } = untilLeft(request);
    const events = await followEpisode(scope, episodeId, wanted, { answer, signal });
    if (!events) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return new Response(byteStream(eventText(events), left), {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        // Whatever holds events back to pack or keep them would make a live view late.
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  },
);
