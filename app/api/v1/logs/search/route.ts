import { scopeForToken } from "@/lib/auth/access";
import { failureOf } from "@/lib/auth/failure";
import { failed } from "@/lib/auth/route";
import { episodeIdFrom } from "@/lib/logs/page-request";
import { searchAnswer } from "@/lib/logs/search/stream";

/** What programs call: the search of the console, with an API token. */
export async function GET(request: Request): Promise<Response> {
  try {
    const access = await scopeForToken(request.headers.get("authorization"), "logs:read");
    if (!access.ok) return failed(access);
    const episodeId = episodeIdFrom(new URL(request.url).searchParams);
    return await searchAnswer(access.scope, episodeId, request);
  } catch (error) {
    return failed(await failureOf(error, "GET /api/v1/logs/search"));
  }
}
