import { workspaceRoute } from "@/lib/auth/route";
import { exportResponse } from "@/lib/logs/export/response";

/** Rows of an episode as a file. docs/api.md says what its last line proves and how a download that broke off goes on. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  (scope, request, { episodeId }) => exportResponse(scope, episodeId, request),
);
