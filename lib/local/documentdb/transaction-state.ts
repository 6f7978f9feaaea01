import { CommandError } from "./errors";
import type { PgConnection } from "./pgwire";
import type { CommandRequest } from "./request";

export type Transaction = {
  session: string;
  number: bigint;
  /** Gone once the transaction has ended; its locks and its snapshot went with it. */
  connection: PgConnection | null;
  outcome: "open" | "committing" | "committed" | "aborted";
  committing: Promise<void> | null;
  busy: boolean;
  /** The client connection that carried the latest command: when it is lost, so is the client. */
  carrier: object;
  usedAt: number;
};

/** Session and number, which every command of a transaction carries. */
export function keyOf(request: CommandRequest) {
  const { session, transactionNumber: number } = request;
  if (session && number !== null) return { session, number };
  throw new CommandError("NoSuchTransaction", `${request.name} names no session and transaction number`);
}

/** Why a transaction takes no further command. */
export function ended(transaction: Transaction): CommandError {
  if (transaction.outcome === "committed") {
    return new CommandError("TransactionCommitted", `transaction ${transaction.number} has been committed`);
  }
  return noSuchTransaction(transaction.number, "has been aborted");
}

/** The label tells `withTransaction` to run the whole transaction again. */
export function noSuchTransaction(number: bigint, what: string): CommandError {
  return new CommandError("NoSuchTransaction", `transaction ${number} ${what}`).labelled(
    "TransientTransactionError",
  );
}
