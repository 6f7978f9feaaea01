import { scopeForToken } from "@/lib/auth/access";
import { failureOf } from "@/lib/auth/failure";
import { failed } from "@/lib/auth/route";
import { episodeIdFrom } from "@/lib/logs/page-request";
import { searchEpisode } from "@/lib/logs/queries";
import { logQueryFrom } from "@/lib/logs/search/query";
import { searchRequestFrom, searchResponse } from "@/lib/logs/search/stream";

/** What programs call: the search of the console, with an API token. */
export async function GET(request: Request): Promise<Response> {
  try {
    const access = await scopeForToken(request.headers.get("authorization"), "logs:read");
    if (!access.ok) return failed(access);
    const { scope } = access;
    const params = new URL(request.url).searchParams;
    const [episodeId, query] = [episodeIdFrom(params), logQueryFrom(params)];
    const wanted = searchRequestFrom(params);
    return await searchResponse(
      (signal) => searchEpisode(scope, episodeId, query, { ...wanted, signal }),
      request.signal,
    );
  } catch (error) {
    return failed(await failureOf(error, "GET /api/v1/logs/search"));
  }
}
