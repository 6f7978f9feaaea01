import { workspaceRoute } from "@/lib/auth/route";
import { getMergedHistogram } from "@/lib/logs/streams/queries";
import { mergedHistogramRequestFrom } from "@/lib/logs/streams/request";
import { streamSetFrom } from "@/lib/logs/streams/stream-set";

/** Rows of a set of streams by time, level and stream. */
export const GET = workspaceRoute<{ workspace: string }>("logs:read", async (scope, request) => {
  const params = new URL(request.url).searchParams;
  const histogram = await getMergedHistogram(
    scope,
    streamSetFrom(params),
    mergedHistogramRequestFrom(params),
  );
  return Response.json(histogram, { headers: { "cache-control": "no-store" } });
});
