import { scopeForToken } from "@/lib/auth/access";
import { type Failure, failureOf } from "@/lib/auth/failure";
import { httpStatus } from "@/lib/errors";
import { receiveLoki } from "@/lib/logs/loki/receive";

/** What Promtail, Alloy and other senders to Loki call: its push API as JSON or as protobuf in snappy, with an API token. */
export async function POST(request: Request): Promise<Response> {
  try {
    const access = await scopeForToken(request.headers.get("authorization"), "logs:write");
    if (!access.ok) return refused(access);
    await receiveLoki(access.scope, request);
    return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  } catch (error) {
    return refused(await failureOf(error, "POST /loki/api/v1/push"));
  }
}

/** Loki answers with plain text. Its agents send again after 429 and 5xx. */
function refused({ code, message, retryAfterSeconds }: Failure): Response {
  const headers = new Headers({ "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(Math.ceil(retryAfterSeconds)));
  return new Response(`${message}\n`, { status: code === "failed" ? 500 : httpStatus[code], headers });
}
