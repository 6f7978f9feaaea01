import { failed, workspaceRoute } from "@/lib/auth/route";
import { getStreamSet } from "@/lib/logs/streams/queries";
import { streamSetFrom } from "@/lib/logs/streams/stream-set";

/** What a set of streams holds; with `streams=true` the streams too. */
export const GET = workspaceRoute<{ workspace: string }>("logs:read", async (scope, request) => {
  const params = new URL(request.url).searchParams;
  const summary = await getStreamSet(scope, streamSetFrom(params), {
    listed: params.get("streams") === "true",
  });
  if (!summary) return failed({ ok: false, code: "not_found", message: "There is no such run." });
  return Response.json(summary, { headers: { "cache-control": "no-store" } });
});
