import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { eventStreamResponse } from "@/lib/http/event-stream";
import { runEventText } from "./events";
import { followRun } from "./follow";
import { positionFrom } from "./position";

/** The answer to a request for a run's events: it goes on until the reader leaves or the run is over. */
export function runEventsResponse(scope: WorkspaceScope, runId: string, request: Request): Promise<Response> {
  // What a reader sends that comes again counts more than the address it first asked for.
  const from = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("from");
  return eventStreamResponse(scope, request, {
    permission: "runs:read",
    place: "run",
    missing: "There is no such run.",
    follow: async (until) => {
      const events = await followRun(scope, runId, positionFrom(from), until);
      return events && runEventText(events);
    },
  });
}
