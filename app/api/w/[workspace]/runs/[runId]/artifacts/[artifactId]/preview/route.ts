import { failed, workspaceRoute } from "@/lib/auth/route";
import { getRunArtifact, previewArtifact } from "@/lib/runs/artifacts";

/** The beginning of an artifact, as text and never as a page of its own. */
export const GET = workspaceRoute<{ workspace: string; runId: string; artifactId: string }>(
  "artifacts:read",
  async (scope, _request, { runId, artifactId }) => {
    const artifact = await getRunArtifact(scope, runId, artifactId);
    if (!artifact)
      return failed({ ok: false, code: "not_found", message: "There is no such artifact in this run." });
    return Response.json(await previewArtifact(artifact), { headers: { "cache-control": "no-store" } });
  },
);
