import { workspaceRoute } from "@/lib/auth/route";
import { tailResponse } from "@/lib/logs/tail/response";

/** New rows as server-sent events; `Last-Event-ID` goes on exactly behind the last event that arrived. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  (scope, request, { episodeId }) => tailResponse(scope, episodeId, request),
);
