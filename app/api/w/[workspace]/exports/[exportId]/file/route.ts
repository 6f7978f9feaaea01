import { workspaceRoute } from "@/lib/auth/route";
import { exportFileResponse } from "@/lib/logs/export/jobs/file-response";

/** The file that a worker prepared. Membership is proven again: a link alone opens nothing. */
export const GET = workspaceRoute<{ workspace: string; exportId: string }>(
  "logs:read",
  (scope, request, { exportId }) => exportFileResponse(scope, exportId, request),
);
