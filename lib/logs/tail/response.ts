import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { eventStreamResponse } from "@/lib/http/event-stream";
import { eventText } from "./event";
import { followEpisode } from "./follow";
import { tailRequestFrom } from "./request";

/** The answer to a request for a tail: it goes on until the reader leaves. */
export async function tailResponse(
  scope: WorkspaceScope,
  episodeId: string,
  request: Request,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const wanted = tailRequestFrom(searchParams, request.headers.get("last-event-id"));
  return eventStreamResponse(scope, request, {
    permission: "logs:read",
    place: "tail",
    missing: "There is no such episode.",
    follow: async (until) => {
      const events = await followEpisode(scope, episodeId, wanted, until);
      return events && eventText(events);
    },
  });
}
