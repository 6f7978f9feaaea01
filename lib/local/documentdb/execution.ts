import type { Cursors } from "./cursors";
import { CommandError } from "./errors";
import type { PgPool } from "./pg-pool";
import type { PgConnection } from "./pgwire";
import type { CommandRequest } from "./request";
import type { Transactions } from "./transactions";
import type { Turns } from "./turns";

/** What all commands share. */
export type Services = {
  pool: PgPool;
  transactions: Transactions;
  cursors: Cursors;
  turns: Turns;
  log: (line: string) => void;
};

/** One connection of a client, and the engine connections that read for it: nobody waits for those when it is gone. */
export type Client = { id: number; reading: Set<PgConnection> };

export type Call = { request: CommandRequest; client: Client; services: Services };
export type Handler = (call: Call) => Promise<Uint8Array>;

const READS = new Set(["find", "getMore", "aggregate", "count", "distinct", "explain"]);

/** Borrows a free connection. */
export async function onPool<Result>(
  pool: PgPool,
  work: (connection: PgConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await pool.acquire();
  return work(connection).finally(() => pool.release(connection));
}

/** Runs `work` on the connection of the command's transaction, or on a free one. */
export async function onEngine<Result>(
  call: Call,
  work: (connection: PgConnection) => Promise<Result>,
): Promise<Result> {
  const { request, client, services } = call;
  if (request.inTransaction) {
    return services.transactions.run(request, client, (connection) => timed(connection, request, work));
  }
  const connection = await services.pool.acquire();
  if (READS.has(request.name)) client.reading.add(connection);
  try {
    return await timed(connection, request, work);
  } finally {
    client.reading.delete(connection);
    services.pool.release(connection);
  }
}

/**
 * Runs a write until it succeeds or `again` says that repeating does not help. What may be repeated left nothing
 * behind. Repetitions on one collection take turns: all at once they would only meet each other again.
 */
export async function writeOnEngine<Result>(
  call: Call,
  work: (connection: PgConnection) => Promise<Result>,
  again: (error: unknown, attempt: number) => boolean,
): Promise<Result> {
  const { request, services } = call;
  const attemptOnce = () => onEngine(call, work);
  for (let attempt = 1; ; attempt++) {
    try {
      if (attempt === 1) return await attemptOnce();
      return await services.turns.take(`${request.database}.${request.fields[request.name]}`, attemptOnce);
    } catch (error) {
      if (request.inTransaction || !again(error, attempt)) throw error;
    }
  }
}

/** maxTimeMS as PostgreSQL's statement_timeout; set and reset travel with the statement, without waiting for either. */
async function timed<Result>(
  connection: PgConnection,
  { maxTimeMs, inTransaction, name }: CommandRequest,
  work: (connection: PgConnection) => Promise<Result>,
): Promise<Result> {
  // On getMore the limit is the time to wait for new documents of a tailable cursor, which the engine does not have.
  if (maxTimeMs === 0 || name === "getMore") return work(connection);
  if (!Number.isInteger(maxTimeMs) || maxTimeMs < 0 || maxTimeMs > 2 ** 31 - 1) {
    throw new CommandError("BadValue", `maxTimeMS ${maxTimeMs} is not acceptable`);
  }
  // SET LOCAL, because a rollback of the transaction would bring the limit of a plain SET back later.
  const set = `SET ${inTransaction ? "LOCAL " : ""}statement_timeout = `;
  const quietly = (sql: string) => connection.execute(sql).catch(() => {});
  void quietly(`${set}${maxTimeMs}`);
  try {
    return await work(connection);
  } finally {
    void quietly(`${set}0`);
  }
}
