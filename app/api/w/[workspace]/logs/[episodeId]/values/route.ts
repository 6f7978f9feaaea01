import { failed, workspaceRoute } from "@/lib/auth/route";
import { readRowValues, valuesRequestFrom } from "@/lib/logs/queries";

export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const wanted = valuesRequestFrom(new URL(request.url).searchParams);
    const values = await readRowValues(scope, episodeId, wanted);
    if (!values) return failed({ ok: false, code: "not_found", message: "There is no such episode." });
    return Response.json(values, { headers: { "cache-control": "no-store" } });
  },
);
