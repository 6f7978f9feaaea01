import { AppError } from "@/lib/errors";
import type { StoreErrorKind } from "./error-counts";

/** The right that a request needs, by the name it has in a policy. */
export type S3Right =
  | "s3:PutObject"
  | "s3:GetObject"
  | "s3:DeleteObject"
  | "s3:ListBucket"
  | "s3:AbortMultipartUpload"
  | "s3:ListBucketMultipartUploads";

/** No byte came or went for this long. */
export class Stalled extends Error {
  constructor(afterMs: number) {
    super(`no progress for ${afterMs} ms`);
    this.name = "Stalled";
  }
}

/** The answer is not what was asked for: too short, or another part of the object. */
export class DamagedAnswer extends Error {
  constructor(readonly problem: string) {
    super(problem);
    this.name = "DamagedAnswer";
  }
}

/** What the store said, as far as anything depends on it; the SDK's errors carry both. */
export function answerOf(error: unknown): { status: number | null; code: string } {
  if (!(error instanceof Error)) return { status: null, code: "" };
  const metadata: unknown = "$metadata" in error ? error.$metadata : null;
  const status =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? metadata.httpStatusCode
      : null;
  return { status: typeof status === "number" ? status : null, code: error.name };
}

/** A connection that was refused or broke. The SDK names some of these timeouts, which they are not. */
const connectionCodes = /^(ECONN|EPIPE|EHOST|ENET|ENOTFOUND|EAI_|ERR_(SSL|TLS|SOCKET|STREAM))/;

/** What kind of failure this is, and whether the same request may fare better a moment later. */
export function judge(error: unknown): { kind: StoreErrorKind; again: boolean } {
  if (error instanceof Stalled) return { kind: "timeout", again: true };
  if (error instanceof DamagedAnswer) return { kind: "damaged", again: true };
  const { status, code } = answerOf(error);
  if (connectionCodes.test(systemCodeOf(error))) return { kind: "connection", again: true };
  if (code === "TimeoutError" || code === "RequestTimeout") return { kind: "timeout", again: true };
  if (code === "CredentialsProviderError") return { kind: "misconfigured", again: false };
  // No answer at all, or one that broke off in the middle of what should have been XML.
  if (status === null || status < 300) return { kind: "connection", again: true };
  if (status === 429 || status === 503) return { kind: "throttled", again: true };
  if (status >= 500) return { kind: "server", again: true };
  if (status === 409) return { kind: "conflict", again: true };
  // A body that was spoiled on its way there: the store compared the checksum and took nothing.
  if (/^(BadDigest|XAmzContentSHA256Mismatch|InvalidDigest|IncompleteBody)$/.test(code))
    return { kind: "damaged", again: true };
  return { kind: status === 401 || status === 403 ? "refused" : "misconfigured", again: false };
}

const systemCodeOf = (error: unknown) =>
  error instanceof Error && "code" in error ? String(error.code) : "";

const goesOn = "Nothing was deleted; archiving goes on by itself afterwards.";

/** What a log needs of the SDK's error, which holds the whole request: sockets, headers and the signature among them. */
function essenceOf(error: unknown): Error {
  return new Error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}

/** A failure for the person who can do something about it. What the store or the driver said stays in `cause`. */
export function sentenceFor(
  store: { name: string; bucket: string; endpoint: string },
  right: S3Right,
  attempts: number,
  error: unknown,
): AppError {
  const { status, code } = answerOf(error);
  const { kind } = judge(error);
  const say = (sentence: string) => new AppError("unavailable", sentence, { cause: essenceOf(error) });
  const tries = attempts === 1 ? "" : ` in ${attempts} attempts`;
  if (kind === "refused") {
    return say(
      `The object store ${store.name} refuses ${right} (${status}). Give the credentials in use that right on the bucket ${store.bucket}, or set other ones. ${goesOn}`,
    );
  }
  if (code === "CredentialsProviderError") {
    return say(
      `There are no credentials for the object store ${store.name}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where the SDK finds a profile or a role. ${goesOn}`,
    );
  }
  if (code === "NoSuchBucket") {
    return say(
      `There is no bucket ${store.bucket} at ${store.endpoint}. Make it, or set S3_BUCKET to another one. ${goesOn}`,
    );
  }
  if (kind === "misconfigured") {
    return say(
      `The object store ${store.name} does not take ${right} as it is asked (${status ?? "no status"}). Check S3_ENDPOINT, S3_REGION, S3_FORCE_PATH_STYLE and S3_CHECKSUM. ${goesOn}`,
    );
  }
  const what = {
    throttled: `is asked for too much (${status})`,
    server: `fails (${status ?? "no status"})`,
    timeout: "does not answer in time",
    connection: "cannot be reached, or breaks off",
    conflict: "reports a conflict again and again (409)",
    damaged: "gives or gets spoiled bytes",
    full: "is full",
  }[kind];
  return say(`The object store ${store.name} ${what}: ${right} failed${tries}. ${goesOn}`);
}
