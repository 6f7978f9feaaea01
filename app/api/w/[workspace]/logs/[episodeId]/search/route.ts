import { workspaceRoute } from "@/lib/auth/route";
import { searchEpisode } from "@/lib/logs/queries";
import { logQueryFrom } from "@/lib/logs/search/query";
import { searchRequestFrom, searchResponse } from "@/lib/logs/search/stream";

/** A search as it goes, one event a line. Closing the connection ends it. */
export const GET = workspaceRoute<{ workspace: string; episodeId: string }>(
  "logs:read",
  async (scope, request, { episodeId }) => {
    const params = new URL(request.url).searchParams;
    const [query, wanted] = [logQueryFrom(params), searchRequestFrom(params)];
    return searchResponse(
      (signal) => searchEpisode(scope, episodeId, query, { ...wanted, signal }),
      request.signal,
    );
  },
);
