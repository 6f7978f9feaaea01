import { workspaceRoute } from "@/lib/auth/route";
import { artifactFileResponse } from "@/lib/runs/artifact-file";

/** The artifact itself. Membership is proven again: a link alone opens nothing. */
export const GET = workspaceRoute<{ workspace: string; runId: string; artifactId: string }>(
  "artifacts:read",
  (scope, _request, { runId, artifactId }) => artifactFileResponse(scope, runId, artifactId),
);
