import { failed, workspaceRoute } from "@/lib/auth/route";
import { pageRequestFrom } from "@/lib/logs/page-request";
import { findPause } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const { from, direction } = pageRequestFrom(new URL(request.url).searchParams);
    const found = await findPause(scope, episodeId, {
      from: BigInt(from),
      direction: direction === "backward" ? "backward" : "forward",
    });
    if (!found) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(found, { headers: { "cache-control": "no-store" } });
  },
);
