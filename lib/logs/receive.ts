import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { type Admission, admitted } from "./admission";
import { ingestStream, maxLineBytes } from "./ingest-stream";
import { readUpload } from "./read-upload";
import { announcedBytes, episodeOf, uploadIdOf } from "./upload-headers";

/** Bytes of an upload after unpacking; a sender with more sends several. */
export const maxBodyBytes = 64 * 1024 * 1024;
/** Refused lines named one by one in the answer; `rejected` counts them all. */
const errorsNamed = 100;
/** An upload with more bad lines than this is no log in this format; reading on would only cost. */
const mostRejected = 10_000;

export interface LogReceipt {
  accepted: number;
  rejected: number;
  firstSequence: string | null;
  lastSequence: string | null;
  errors: { line: number; reason: string }[];
  /** All of it was stored before, under the same Idempotency-Key; this is the same answer again. */
  repeated: boolean;
}

/**
 * Stores the log lines of a request. Throws an AppError for a request that cannot be served; a line that cannot be stored is
 * named in the receipt and costs the others nothing.
 */
export function receiveLogs(scope: WorkspaceScope, request: Request): Promise<LogReceipt> {
  return admitted(scope, request, (admission) => receiveAdmitted(scope, request, admission));
}

async function receiveAdmitted(
  scope: WorkspaceScope,
  request: Request,
  admission: Admission,
): Promise<LogReceipt> {
  const episodeId = episodeOf(request);
  if (episodeId === null) {
    throw new AppError("bad_input", "Name the episode: ?episode=<id> or the header X-Strata-Episode.");
  }
  const uploadId = uploadIdOf(request);
  const announced = announcedBytes(request);
  if (announced !== null && announced > maxBodyBytes) throw tooLarge();
  if (!request.body) throw new AppError("bad_input", "The request has no body.");

  const errors: LogReceipt["errors"] = [];
  let stored = 0;
  let refused = 0;
  const lines = readUpload(request.body, {
    encoding: request.headers.get("content-encoding"),
    announced,
    maxBytes: maxBodyBytes,
    maxLineBytes,
    tooLarge,
  });
  try {
    const answer = await ingestStream(scope, {
      episodeId,
      uploadId,
      lines,
      admission,
      onRejected: ({ line, reason }) => {
        if (++refused > mostRejected) throw notThisFormat(line, reason);
        if (errors.length < errorsNamed) errors.push({ line, reason });
      },
      onBatch: ({ accepted }) => {
        stored = accepted;
      },
    });
    if (!answer.ok) throw new AppError("conflict", answer.message);
    const { accepted, rejected, first, last, repeated } = answer;
    return {
      accepted,
      rejected,
      firstSequence: first?.toString() ?? null,
      lastSequence: last?.toString() ?? null,
      errors,
      repeated,
    };
  } catch (error) {
    if (stored === 0 || !(error instanceof AppError)) throw error;
    throw new AppError(
      error.code,
      `${error.message} The first ${stored} entries of this upload are stored.`,
      { cause: error, retryAfterSeconds: error.retryAfterSeconds },
    );
  }
}

function tooLarge(): AppError {
  const limit = maxBodyBytes / 1024 / 1024;
  return new AppError("too_large", `The body is larger than ${limit} MB unpacked; send it in parts.`);
}

function notThisFormat(line: number, reason: string): AppError {
  const limit = mostRejected.toLocaleString("en");
  return new AppError(
    "bad_input",
    `More than ${limit} lines are no log entries, the last of them line ${line}: ${reason}. Send one JSON object per line.`,
  );
}
