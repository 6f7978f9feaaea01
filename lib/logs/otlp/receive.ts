import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { admitted } from "../admission";
import { contentTypeOf, firstHeldBytes, readBody } from "../read-body";
import { type NamedRecord, type RecordReceipt, storeRecords } from "../store-records";
import { episodeOf, uploadIdOf } from "../upload-headers";
import type { OtlpEncoding } from "./answer";
import { decodeJson } from "./decode-json";
import { decodeProtobuf } from "./decode-protobuf";
import { namedRecord } from "./entry";

const decoders = { json: decodeJson, protobuf: decodeProtobuf };

/** How the body is encoded; null for a content type that OTLP does not have. */
export function otlpEncodingOf(request: Request): OtlpEncoding | null {
  const type = contentTypeOf(request);
  if (type === "application/json") return "json";
  return type === "application/x-protobuf" ? "protobuf" : null;
}

/** Stores the log records of an OTLP/HTTP request. Throws an AppError for one of which nothing can be stored. */
export async function receiveOtlp(scope: WorkspaceScope, request: Request): Promise<RecordReceipt> {
  const encoding = otlpEncodingOf(request);
  if (!encoding) {
    throw new AppError(
      "unsupported_type",
      "The content-type must be application/json or application/x-protobuf, as OTLP/HTTP has them.",
    );
  }
  const named = episodeOf(request);
  const uploadId = uploadIdOf(request);
  return admitted(
    scope,
    request,
    async (admission) => {
      const body = await readBody(request, admission);
      const records = function* (): Generator<NamedRecord> {
        for (const item of decoders[encoding](body)) yield namedRecord(item, named);
      };
      const receipt = await storeRecords(scope, { uploadId, records, admission });
      if (receipt.accepted === 0 && receipt.rejected > 0) {
        throw new AppError("bad_input", `No record could be stored: ${receipt.reasons.join("; ")}.`);
      }
      return receipt;
    },
    firstHeldBytes,
  );
}
