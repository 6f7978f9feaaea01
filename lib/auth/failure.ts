import "server-only";
import { randomUUID } from "node:crypto";
import { isPostgresAway } from "@/lib/db/errors";
import { AppError, type ErrorCode } from "@/lib/errors";
import { isMongoAway } from "@/lib/mongo/errors";
import { requestIdHeader } from "./headers";
import { requestHeader, rethrowNavigation } from "./request";

export type Failure = {
  ok: false;
  code: ErrorCode | "failed";
  message: string;
  requestId?: string;
  retryAfterSeconds?: number;
};

/** Said when a mutation names a code and no sentence of its own. */
export const sentences = {
  bad_input: "Some fields need another look.",
  conflict: "This has changed in the meantime. Look at it again.",
  forbidden: "Your role does not allow this.",
  not_found: "This is no longer here.",
  rate_limited: "That was too often. Wait a moment.",
  too_large: "That is too large.",
  unauthorized: "Your session has ended. Sign in again.",
  unavailable: "A store did not answer. Try again in a moment.",
  unsupported_type: "This kind of content is not understood here.",
} as const satisfies Record<ErrorCode, string>;

/**
 * The end of every error in an action or a route. An AppError was written for the person who reads it; anything else is
 * logged in full and answered with a fixed sentence and the request id that finds it in the log.
 */
export async function failureOf(error: unknown, where: string): Promise<Failure> {
  await rethrowNavigation(error);
  if (error instanceof AppError) {
    const { code, message, retryAfterSeconds } = error;
    return { ok: false, code, message, retryAfterSeconds };
  }
  const requestId = (await requestHeader(requestIdHeader)) ?? randomUUID();
  console.error(
    JSON.stringify({
      level: "error",
      time: new Date().toISOString(),
      requestId,
      where,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
  // Programs send again after this one, and drop what they have after the other.
  if (isPostgresAway(error) || isMongoAway(error)) {
    return {
      ok: false,
      code: "unavailable",
      message: sentences.unavailable,
      requestId,
      retryAfterSeconds: 1,
    };
  }
  return {
    ok: false,
    code: "failed",
    message: `Something went wrong on our side. If it stays so, name request ${requestId}.`,
    requestId,
  };
}
