import { BSON, type Document } from "mongodb";
import { engineErrorByState, errorByPostgresState, type MongoErrorName, mongoCodes } from "./error-codes";
import { PgConnectionLost, PgError } from "./pgwire";

/** An error as MongoDB would answer it: `{ ok: 0, code, codeName, errmsg, errorLabels }`. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: number;
  readonly codeName: string;
  readonly labels = new Set<string>();
  /** Further fields of the answer. */
  details: Document = {};

  constructor(kind: MongoErrorName | { code: number; name: string }, message: string) {
    super(message);
    this.code = typeof kind === "string" ? mongoCodes[kind] : kind.code;
    this.codeName = typeof kind === "string" ? kind : kind.name;
  }

  labelled(label: string): this {
    this.labels.add(label);
    return this;
  }

  reply(): Uint8Array {
    const { message: errmsg, code, codeName, details } = this;
    const labels = this.labels.size ? { errorLabels: [...this.labels] } : {};
    return BSON.serialize({ ok: 0, errmsg, code, codeName, ...details, ...labels });
  }
}

/** What a command was part of, which decides how a client may repeat it. */
export type ErrorContext = { inTransaction: boolean; retryable: boolean; log: (line: string) => void };

const TRANSIENT = new Set([6, 24, 91, 112, 251, 11600]);
const RETRYABLE = new Set([6, 91, 11600]);

/** Any failure of a command as an answer to it, with the labels by which drivers decide to repeat it. */
export function toCommandError(error: unknown, context: ErrorContext): CommandError {
  const answer = translate(error, context);
  if (context.inTransaction && TRANSIENT.has(answer.code)) answer.labelled("TransientTransactionError");
  if (!context.inTransaction && context.retryable && RETRYABLE.has(answer.code)) {
    answer.labelled("RetryableWriteError");
  }
  return answer;
}

function translate(error: unknown, context: ErrorContext): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof PgError) return fromSqlState(error.sqlState, error.message, context);
  if (error instanceof PgConnectionLost) {
    return new CommandError("ShutdownInProgress", `the document engine went away: ${error.message}`);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.log(`unexpected failure of the bridge: ${text}`);
  return new CommandError("InternalError", `the bridge failed: ${String(error)}`);
}

export function fromSqlState(state: string, message: string, context: ErrorContext): CommandError {
  const own = engineErrorByState.get(state);
  if (own) return new CommandError(own, own.code === 11000 ? duplicateKeyText(message) : message);
  if (state === "57014" && !/timeout/.test(message)) return new CommandError("Interrupted", message);
  if (state === "54000" && /index row size/.test(message))
    return new CommandError("CannotBuildIndexKeys", message);
  const known = errorByPostgresState[state];
  if (known === "DuplicateKey") return new CommandError(known, duplicateKeyText(message));
  if (known) return new CommandError(known, message);
  context.log(`no MongoDB code for SQLSTATE ${state}: ${message}`);
  return new CommandError("InternalError", `${message} (SQLSTATE ${state})`);
}

/** Programs look for "E11000" in the text. */
function duplicateKeyText(message: string): string {
  return message.startsWith("E11000") ? message : `E11000 duplicate key error: ${message}`;
}

/**
 * Error codes inside a reply (writeErrors, raw) are SQLSTATEs that PostgreSQL packed into an integer: five characters
 * of six bits, the first in the lowest. Even small numbers are such: 0A000 packs to 1088.
 */
export function unpackSqlState(packed: number): string {
  let state = "";
  for (let position = 0; position < 5; position++) {
    state += String.fromCharCode(((packed >> (6 * position)) & 63) + 48);
  }
  return state;
}
