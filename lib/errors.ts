/** What can go wrong in a way that a caller is told about. Raw driver messages never become one of these. */
export const errorCodes = [
  "bad_input",
  "conflict",
  "forbidden",
  "not_found",
  "rate_limited",
  "too_large",
  "unauthorized",
  "unavailable",
  "unsupported_type",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error whose message is written for the person or program that caused it: it names the place and what to do. */
export class AppError extends Error {
  /** When the same request may come again, for programs that wait as they are told (Retry-After). */
  readonly retryAfterSeconds?: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown; retryAfterSeconds?: number },
  ) {
    super(message, options);
    this.name = "AppError";
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

/** HTTP status of an error code, for routes and upload answers. */
export const httpStatus = {
  bad_input: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  rate_limited: 429,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;
