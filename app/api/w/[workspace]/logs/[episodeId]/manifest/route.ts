import { buildManifest } from "@/lib/archive/manifest/manifest";
import { failed, workspaceRoute } from "@/lib/auth/route";

/** The archive of an episode as a file for `sha256sum -c`. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "archive:read",
  async (scope, _request, { episodeId }) => {
    const manifest = await buildManifest(scope, episodeId);
    if (!manifest) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return new Response(manifest.text, {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `attachment; filename="${manifest.fileName}"`,
        "cache-control": "no-store",
      },
    });
  },
);
