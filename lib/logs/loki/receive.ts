import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { admitted } from "../admission";
import { contentTypeOf, firstHeldBytes, readBody } from "../read-body";
import { type NamedRecord, type RecordReceipt, storeRecords } from "../store-records";
import { episodeOf, uploadIdOf } from "../upload-headers";
import { decodeJson } from "./decode-json";
import { decodeProtobuf, unpackSnappy } from "./decode-protobuf";
import { namedRecord } from "./entry";

/** Stores the lines of a push to Loki. Throws an AppError for one of which a part or nothing can be stored, as Loki does. */
export async function receiveLoki(scope: WorkspaceScope, request: Request): Promise<RecordReceipt> {
  const type = contentTypeOf(request);
  // Loki takes what has no type, or the type that Promtail sends, for protobuf.
  const isProtobuf = type === "" || type === "application/x-protobuf";
  if (!isProtobuf && type !== "application/json") {
    throw new AppError(
      "unsupported_type",
      "The content-type must be application/json or application/x-protobuf, as Loki's push API has them.",
    );
  }
  const named = episodeOf(request);
  const uploadId = uploadIdOf(request);
  return admitted(
    scope,
    request,
    async (admission) => {
      // snappy is part of the format; some senders name it in a header as well.
      const body = await readBody(request, admission, isProtobuf ? "snappy" : undefined);
      const items = isProtobuf ? decodeProtobuf : decodeJson;
      const unpacked = isProtobuf ? await unpackSnappy(body) : body;
      const records = function* (): Generator<NamedRecord> {
        for (const item of items(unpacked)) yield namedRecord(item, named);
      };
      const receipt = await storeRecords(scope, { uploadId, records, admission });
      if (receipt.rejected > 0) {
        const { accepted, rejected, reasons } = receipt;
        throw new AppError(
          "bad_input",
          `${accepted} lines stored, ${rejected} refused: ${reasons.join("; ")}.`,
        );
      }
      return receipt;
    },
    firstHeldBytes,
  );
}
