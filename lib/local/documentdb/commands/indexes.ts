import { BSON, type Document } from "mongodb";
import { CommandError, fromSqlState, unpackSqlState } from "../errors";
import { type Call, type Handler, onEngine } from "../execution";
import type { PgConnection } from "../pgwire";
import { reply } from "../request";

const EMPTY_DOCUMENT_BYTES = 5;
const POLL_MS = 50;

/** Any number the engine's own two builders (pg_cron jobs) do not use. */
const BUILD_NOW = "CALL documentdb_api_internal.build_index_concurrently(9)";

/**
 * On a new or empty collection the engine builds at once and `requests` is an empty document. Otherwise it queues the
 * builds for a cron job that looks every two seconds; the bridge takes them from the queue right away instead, and
 * waits as `createIndexes` of MongoDB does.
 */
const createIndexes: Handler = (call) =>
  onEngine(call, async (connection) => {
    const { database, body } = call.request;
    const sql = "SELECT retval, ok, requests FROM documentdb_api.create_indexes_background($1, $2)";
    const [result, ok, requests] = (await connection.query(sql, [database, body]))[0] ?? [];
    if (!result || ok?.[0] !== 1) throw indexError(call, result);
    if (requests && requests.length > EMPTY_DOCUMENT_BYTES) await finishBuilds(call, connection, requests);
    const { code, ok: _, errmsg: __, ...summary } = shardOf(result);
    if (code !== undefined) throw indexError(call, result);
    return reply({ createdCollectionAutomatically: false, ...summary });
  });

async function finishBuilds(call: Call, connection: PgConnection, requests: Buffer): Promise<void> {
  const sql = "SELECT retval, ok, complete FROM documentdb_api_internal.check_build_index_status($1)";
  for (;;) {
    await connection.execute(BUILD_NOW);
    const [result, ok, complete] = (await connection.query(sql, [requests]))[0] ?? [];
    if (!result || ok?.[0] !== 1) throw indexError(call, result);
    if (complete?.[0] === 1) return;
    // Another builder has it, or it waits for older transactions to end.
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const dropIndexes: Handler = (call) =>
  onEngine(call, async (connection) => {
    const { database, body } = call.request;
    const result = (
      await connection.query("CALL documentdb_api.drop_indexes($1, $2, NULL)", [database, body])
    )[0]?.[0];
    const { ok, ...summary } = result ? BSON.deserialize(result) : {};
    if (!result || !ok) throw indexError(call, result);
    return reply(summary);
  });

/** The engine answers per shard; there is one. */
function shardOf(result: Uint8Array): Document {
  const document = BSON.deserialize(result);
  const [shard] = Object.values<Document>(document.raw ?? {});
  return shard ?? document;
}

function indexError(call: Call, result: Uint8Array | null | undefined): CommandError {
  const { code, errmsg } = result ? shardOf(result) : {};
  if (typeof code !== "number")
    return new CommandError("InternalError", `the engine gave no reason: ${errmsg}`);
  const context = { inTransaction: false, retryable: false, log: call.services.log };
  return fromSqlState(unpackSqlState(code), String(errmsg), context);
}

export const indexCommands: Record<string, Handler> = {
  createIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
};
