import protobuf from "protobufjs/minimal.js";
import type { Failure } from "@/lib/auth/failure";
import { type ErrorCode, httpStatus } from "@/lib/errors";

/** The encoding of a request, which is that of its answer too. */
export type OtlpEncoding = "json" | "protobuf";

const contentType = { json: "application/json", protobuf: "application/x-protobuf" } as const;

/** google.rpc.Code; what an exporter does next is decided by the HTTP status alone. */
const rpcCodes = {
  bad_input: 3,
  conflict: 6,
  forbidden: 7,
  not_found: 5,
  rate_limited: 8,
  too_large: 3,
  unauthorized: 16,
  unavailable: 14,
  unsupported_type: 3,
  failed: 13,
} as const satisfies Record<ErrorCode | "failed", number>;

/** ExportLogsServiceResponse. `partialSuccess` is set only when something was refused, as the specification wants it. */
export function otlpSuccess(encoding: OtlpEncoding, rejected: number, reasons: string[]): Response {
  if (rejected === 0) return respond(encoding, 200, encoding === "json" ? "{}" : new Uint8Array());
  const errorMessage = reasons.join("; ");
  if (encoding === "json") {
    const partialSuccess = { rejectedLogRecords: String(rejected), errorMessage };
    return respond(encoding, 200, JSON.stringify({ partialSuccess }));
  }
  const partial = protobuf.Writer.create().uint32(field(1, 0)).int64(rejected);
  partial.uint32(field(2, 2)).string(errorMessage);
  return respond(
    encoding,
    200,
    protobuf.Writer.create().uint32(field(1, 2)).bytes(partial.finish()).finish(),
  );
}

/** google.rpc.Status. Exporters send the same again after 429 and 503, and give up after the others. */
export function otlpFailure(encoding: OtlpEncoding, failure: Failure): Response {
  const status = failure.code === "failed" ? 500 : httpStatus[failure.code];
  const code = rpcCodes[failure.code];
  const body =
    encoding === "json"
      ? JSON.stringify({ code, message: failure.message })
      : protobuf.Writer.create()
          .uint32(field(1, 0))
          .int32(code)
          .uint32(field(2, 2))
          .string(failure.message)
          .finish();
  const response = respond(encoding, status, body);
  const { retryAfterSeconds } = failure;
  if (retryAfterSeconds !== undefined)
    response.headers.set("retry-after", String(Math.ceil(retryAfterSeconds)));
  return response;
}

const field = (number: number, wireType: number) => (number << 3) | wireType;

function respond(encoding: OtlpEncoding, status: number, body: string | Uint8Array): Response {
  const bytes = typeof body === "string" ? body : Uint8Array.from(body);
  return new Response(bytes, {
    status,
    headers: { "content-type": contentType[encoding], "cache-control": "no-store" },
  });
}
