import { scopeForToken } from "@/lib/auth/access";
import { failureOf } from "@/lib/auth/failure";
import { otlpFailure, otlpSuccess } from "@/lib/logs/otlp/answer";
import { otlpEncodingOf, receiveOtlp } from "@/lib/logs/otlp/receive";

/** What OpenTelemetry exporters and collectors call: OTLP/HTTP logs as JSON or protobuf, plain or gzip, with an API token. */
export async function POST(request: Request): Promise<Response> {
  const encoding = otlpEncodingOf(request) ?? "json";
  try {
    const access = await scopeForToken(request.headers.get("authorization"), "logs:write");
    if (!access.ok) return otlpFailure(encoding, access);
    const { rejected, reasons } = await receiveOtlp(access.scope, request);
    return otlpSuccess(encoding, rejected, reasons);
  } catch (error) {
    return otlpFailure(encoding, await failureOf(error, "POST /v1/logs"));
  }
}
