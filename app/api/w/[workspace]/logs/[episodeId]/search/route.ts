import { workspaceRoute } from "@/lib/auth/route";
import { searchAnswer } from "@/lib/logs/search/stream";

/** A search as it goes, one event a line. Closing the connection ends it. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  (scope, request, { episodeId }) => searchAnswer(scope, episodeId, request),
);
