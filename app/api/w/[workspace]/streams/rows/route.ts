import { workspaceRoute } from "@/lib/auth/route";
import { readMergedPage } from "@/lib/logs/streams/queries";
import { mergedPageRequestFrom } from "@/lib/logs/streams/request";

/** A page of many streams as one log, in time order. */
export const GET = workspaceRoute<{ workspace: string }>("logs:read", async (scope, request) => {
  const wanted = mergedPageRequestFrom(new URL(request.url).searchParams, new Date());
  const page = await readMergedPage(scope, wanted, request.signal);
  return Response.json(page, { headers: { "cache-control": "no-store" } });
});
