import { BSON } from "mongodb";
import type { PgConnection } from "./pgwire";
import { PgError } from "./pgwire";

/**
 * What a retryable write or a commit answered, stored in the same PostgreSQL transaction as its effect. A client that
 * lost the answer sends the command again with the same session and number and gets the stored one, also from a new
 * bridge or after a crash of the engine. (The engine has such a record of its own, `p_transaction_id`, but it covers
 * commands of one statement only: a repeated insert of several documents failed with 11000 and a repeated update of
 * several statements ran twice.)
 */
export const OUTCOME_SCHEMA = `
  CREATE SCHEMA IF NOT EXISTS strata_bridge;
  CREATE TABLE IF NOT EXISTS strata_bridge.outcome (
    session bytea NOT NULL,
    number bigint NOT NULL,
    reply bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (session, number)
  );`;

/** Drivers repeat at once; MongoDB itself forgets a session after 30 minutes. */
export const FORGET_OUTCOMES = "DELETE FROM strata_bridge.outcome WHERE at < now() - interval '30 minutes'";

export type OutcomeKey = { session: string; number: bigint };

/**
 * A write whose reply is kept under its key, as one statement. `call` has to return p_result and p_success; it uses
 * $1…$n and the key follows. A session has one write at a time, so its earlier outcomes are dropped on the way.
 */
export function keepingOutcome(call: string, parameters: number): string {
  const [session, number] = [`$${parameters + 1}::bytea`, `$${parameters + 2}::bigint`];
  return `WITH done AS MATERIALIZED (SELECT p_result, p_success FROM ${call}),
    kept AS (INSERT INTO strata_bridge.outcome (session, number, reply)
             SELECT ${session}, ${number}, p_result::bytea FROM done),
    older AS (DELETE FROM strata_bridge.outcome WHERE session = ${session} AND number < ${number})
    SELECT p_result, p_success FROM done`;
}

export const outcomeValues = (key: OutcomeKey) => [Buffer.from(key.session, "hex"), String(key.number)];

/** Whether a statement failed because its outcome is there already, that is: it is a repetition. */
export function isRepetition(error: unknown): boolean {
  return error instanceof PgError && error.sqlState === "23505" && error.schema === "strata_bridge";
}

/** The stored answer, or null when no such write was done. */
export async function storedOutcome(connection: PgConnection, key: OutcomeKey): Promise<Buffer | null> {
  const rows = await connection.query(
    "SELECT reply FROM strata_bridge.outcome WHERE session = $1 AND number = $2",
    outcomeValues(key),
  );
  return rows[0]?.[0] ?? null;
}

/** Takes back the record of a command that did nothing and will be done again. */
export async function forgetOutcome(connection: PgConnection, key: OutcomeKey): Promise<void> {
  const sql = "DELETE FROM strata_bridge.outcome WHERE session = $1 AND number = $2";
  await connection.query(sql, outcomeValues(key));
}

/** Ends the open transaction and records that it did, in one round trip; the tag is ROLLBACK when it had failed. */
export function commitWithOutcome(connection: PgConnection, key: OutcomeKey): Promise<string> {
  const reply = Buffer.from(BSON.serialize({ ok: 1 })).toString("hex");
  const session = `'\\x${key.session}'::bytea`;
  return connection.execute(`
    INSERT INTO strata_bridge.outcome (session, number, reply) VALUES (${session}, ${key.number}, '\\x${reply}');
    DELETE FROM strata_bridge.outcome WHERE session = ${session} AND number < ${key.number};
    COMMIT`);
}
