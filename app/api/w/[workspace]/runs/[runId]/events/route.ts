import { workspaceRoute } from "@/lib/auth/route";
import { runEventsResponse } from "@/lib/runs/live/response";

/** Changes of a run and its tasks as server-sent events; `Last-Event-ID` goes on behind the last one that arrived. */
export const GET = workspaceRoute<{ workspace: string; runId: string }>(
  "runs:read",
  (scope, request, { runId }) => runEventsResponse(scope, runId, request),
);
