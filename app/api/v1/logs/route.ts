import { scopeForToken } from "@/lib/auth/access";
import { failureOf } from "@/lib/auth/failure";
import { failed } from "@/lib/auth/route";
import { receiveLogs } from "@/lib/logs/receive";

/** What programs call: NDJSON or one JSON array, plain or gzip, with an API token. */
export async function POST(request: Request): Promise<Response> {
  try {
    const access = await scopeForToken(request.headers.get("authorization"), "logs:write");
    if (!access.ok) return failed(access);
    const receipt = await receiveLogs(access.scope, request);
    return Response.json(receipt, {
      status: receipt.accepted > 0 ? 200 : 400,
      headers: { "cache-control": "no-store" },
    });
  } catch (error) {
    return failed(await failureOf(error, "POST /api/v1/logs"));
  }
}
