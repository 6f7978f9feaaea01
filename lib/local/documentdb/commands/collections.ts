import { type Call, type Handler, onEngine } from "../execution";
import type { PgValue } from "../pg-messages";
import { reply, textField } from "../request";

/** Calls a function that answers with the reply document itself. */
function passing(sql: string, values: (call: Call) => PgValue[]): Handler {
  return (call) =>
    onEngine(call, async (connection) => {
      const document = (await connection.query(sql, values(call)))[0]?.[0];
      if (!document) throw new Error(`no answer from: ${sql}`);
      return document;
    });
}

const databaseAndBody = ({ request }: Call) => [request.database, request.body];
const bodyOnly = ({ request }: Call) => [request.body];
const scale = ({ request }: Call) => String(Number(request.fields.scale ?? 1));

const drop: Handler = (call) =>
  onEngine(call, async (connection) => {
    const name = textField(call.request, "drop");
    await connection.query("SELECT documentdb_api.drop_collection($1, $2)", [call.request.database, name]);
    return reply({ ns: `${call.request.database}.${name}` });
  });

const dropDatabase: Handler = (call) =>
  onEngine(call, async (connection) => {
    await connection.query("SELECT documentdb_api.drop_database($1)", [call.request.database]);
    return reply({ dropped: call.request.database });
  });

export const collectionCommands: Record<string, Handler> = {
  create: passing("SELECT documentdb_api.create_collection_view($1, $2)", databaseAndBody),
  collMod: passing("SELECT documentdb_api.coll_mod($1, $2, $3)", (call) => [
    call.request.database,
    textField(call.request, "collMod"),
    call.request.body,
  ]),
  collStats: passing("SELECT documentdb_api.coll_stats($1, $2, $3)", (call) => [
    call.request.database,
    textField(call.request, "collStats"),
    scale(call),
  ]),
  dbStats: passing("SELECT documentdb_api.db_stats($1, $2, false)", (call) => [
    call.request.database,
    scale(call),
  ]),
  validate: passing("SELECT document FROM documentdb_api.validate($1, $2)", databaseAndBody),
  listDatabases: passing("SELECT documentdb_api.list_databases($1)", bodyOnly),
  renameCollection: passing("SELECT documentdb_api.rename_collection($1)", bodyOnly),
  compact: passing("SELECT documentdb_api.compact($1)", bodyOnly),
  currentOp: passing("SELECT document FROM documentdb_api.current_op_command($1)", bodyOnly),
  killOp: passing("SELECT documentdb_api.kill_op($1)", bodyOnly),
  drop,
  dropDatabase,
};
