import { CommandError } from "./errors";
import { commitWithOutcome, storedOutcome } from "./outcomes";
import type { PgPool } from "./pg-pool";
import type { PgConnection } from "./pgwire";
import type { CommandRequest } from "./request";
import { ended, keyOf, noSuchTransaction, type Transaction } from "./transaction-state";

/** MongoDB's transactionLifetimeLimitSeconds. */
export const IDLE_TRANSACTION_MS = 60_000;

/** MongoDB's multi-document transactions: each is a PostgreSQL transaction pinned to one engine connection. */
export class Transactions {
  readonly #bySession = new Map<string, Transaction>();

  constructor(
    readonly pool: PgPool,
    readonly idleMs = IDLE_TRANSACTION_MS,
  ) {}

  /** Runs one command inside its transaction. Whatever fails in there aborts the transaction, as in MongoDB. */
  async run<Result>(
    request: CommandRequest,
    carrier: object,
    command: (connection: PgConnection) => Promise<Result>,
  ): Promise<Result> {
    const { session, number } = keyOf(request);
    const transaction = request.startsTransaction
      ? await this.#begin(session, number, carrier)
      : this.#find(session, number);
    const { connection } = transaction;
    if (!connection || transaction.outcome !== "open") throw ended(transaction);
    if (transaction.busy) {
      throw new CommandError(
        "ConflictingOperationInProgress",
        "another command of this transaction is running",
      );
    }
    transaction.busy = true;
    transaction.carrier = carrier;
    try {
      return await command(connection);
    } catch (error) {
      transaction.busy = false;
      await this.#abort(transaction);
      throw error;
    } finally {
      transaction.busy = false;
      transaction.usedAt = Date.now();
    }
  }

  /** Ends a transaction whose command answered an error inside an otherwise good reply (writeErrors). */
  async abortAfterWriteError(request: CommandRequest): Promise<void> {
    const { session, number } = keyOf(request);
    await this.#abort(this.#find(session, number));
  }

  /** Commits once: a repeated commit joins the running one or is told how the first ended. */
  async commit(request: CommandRequest): Promise<void> {
    const { session, number } = keyOf(request);
    const transaction = this.#bySession.get(session);
    if (!transaction || transaction.number !== number) return this.#commitOfThePast(session, number);
    if (transaction.outcome === "open") {
      transaction.outcome = "committing";
      transaction.committing = this.#commit(transaction);
    }
    await transaction.committing;
    if (transaction.outcome !== "committed") throw ended(transaction);
  }

  async abort(request: CommandRequest): Promise<void> {
    const { session, number } = keyOf(request);
    const transaction = this.#find(session, number);
    if (transaction.outcome === "committed" || transaction.outcome === "committing") {
      throw new CommandError("TransactionCommitted", `transaction ${number} has been committed`);
    }
    if (transaction.outcome === "aborted") throw ended(transaction);
    await this.#abort(transaction);
  }

  async endSession(session: string): Promise<void> {
    const transaction = this.#bySession.get(session);
    if (transaction?.outcome === "open") await this.#abort(transaction);
    if (transaction?.outcome !== "committing") this.#bySession.delete(session);
  }

  /** Rolls back what a lost client left open, so that writers waiting for its locks go on. */
  async clientLost(carrier: object): Promise<void> {
    const left = [...this.#bySession.values()].filter(
      (one) => one.carrier === carrier && one.outcome === "open",
    );
    await Promise.all(left.map((transaction) => this.#abort(transaction)));
  }

  /** Rolls back transactions nobody has used for too long and forgets the ended ones. */
  async reap(): Promise<void> {
    const now = Date.now();
    for (const [session, transaction] of this.#bySession) {
      const idle = now - transaction.usedAt;
      if (transaction.outcome === "open" && !transaction.busy && idle > this.idleMs)
        await this.#abort(transaction);
      if (transaction.outcome !== "open" && idle > 30 * 60_000) this.#bySession.delete(session);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#bySession.keys()].map((session) => this.endSession(session)));
  }

  async #begin(session: string, number: bigint, carrier: object): Promise<Transaction> {
    const earlier = this.#bySession.get(session);
    if (earlier?.number === number) {
      throw new CommandError(
        "ConflictingOperationInProgress",
        `transaction ${number} has been started already`,
      );
    }
    if (earlier?.outcome === "open") await this.#abort(earlier);
    const connection = await this.pool.acquire();
    const transaction: Transaction = {
      session,
      number,
      connection,
      outcome: "open",
      committing: null,
      busy: false,
      carrier,
      usedAt: Date.now(),
    };
    this.#bySession.set(session, transaction);
    try {
      // The engine's default, READ COMMITTED, would let read-then-write code lose updates without any error.
      await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
    } catch (error) {
      await this.#abort(transaction);
      throw error;
    }
    return transaction;
  }

  #find(session: string, number: bigint): Transaction {
    const transaction = this.#bySession.get(session);
    if (transaction?.number === number) return transaction;
    throw noSuchTransaction(number, "is not in progress");
  }

  async #abort(transaction: Transaction): Promise<void> {
    const { connection } = transaction;
    transaction.outcome = "aborted";
    transaction.connection = null;
    if (!connection) return;
    // A statement may still be waiting for a lock (the client is gone): it would hold the rollback back.
    if (transaction.busy) await connection.cancel();
    await connection.execute("ROLLBACK").catch(() => connection.close());
    this.pool.release(connection);
  }

  async #commit(transaction: Transaction): Promise<void> {
    const { connection } = transaction;
    transaction.connection = null;
    if (!connection) return;
    try {
      const tag = await commitWithOutcome(connection, transaction);
      transaction.outcome = tag === "COMMIT" ? "committed" : "aborted";
    } catch (error) {
      // Refused by PostgreSQL: nothing was committed. Lost connection: a repeated commit finds out from the outcome.
      if (connection.closed) this.#bySession.delete(transaction.session);
      else await connection.execute("ROLLBACK").catch(() => connection.close());
      transaction.outcome = "aborted";
      throw error;
    } finally {
      this.pool.release(connection);
    }
  }

  /** The commit of a transaction this process does not know: begun under an earlier bridge, or lost with the engine. */
  async #commitOfThePast(session: string, number: bigint): Promise<void> {
    const connection = await this.pool.acquire();
    try {
      if (!(await storedOutcome(connection, { session, number })))
        throw noSuchTransaction(number, "is not known");
    } finally {
      this.pool.release(connection);
    }
  }
}
