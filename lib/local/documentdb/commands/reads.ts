import { BSON } from "mongodb";
import { CommandError } from "../errors";
import { type Call, type Handler, onEngine } from "../execution";
import { type CommandRequest, reply, wholeCommand } from "../request";

const FIRST_PAGE = "SELECT cursorPage, continuation, persistConnection, cursorId FROM documentdb_api.";
const EXACT_COUNT_LIMIT = 100_000;
const NEXT_PAGE = "SELECT cursorPage, continuation FROM documentdb_api.cursor_get_more($1, $2, $3)";

/** find and its kin: the first page, and a registered cursor when there is more. */
function openingCursor(procedure: string): Handler {
  return (call) =>
    onEngine(call, async (connection) => {
      const { request, services } = call;
      const [row] = await connection.query(`${FIRST_PAGE}${procedure}($1, $2)`, [
        request.database,
        request.body,
      ]);
      const [page, continuation, persistent, id] = row ?? [];
      if (!page || !id) throw new Error(`${procedure} gave no page`);
      if (persistent?.[0] === 1) throw new Error(`${procedure} wants to keep its engine connection`);
      if (continuation) {
        const cursor = { database: request.database, continuation, session: request.session };
        services.cursors.add(id.readBigInt64BE(0), cursor);
      }
      return page;
    });
}

const getMore: Handler = (call) => {
  const { request, services } = call;
  const id = cursorId(request.fields.getMore);
  const cursor = services.cursors.get(id);
  if (!cursor) throw new CommandError("CursorNotFound", `cursor id ${id} not found`);
  return onEngine(call, async (connection) => {
    const values = [cursor.database, request.body, cursor.continuation];
    const [page, continuation] = (await connection.query(NEXT_PAGE, values))[0] ?? [];
    if (!page) throw new Error("cursor_get_more gave no page");
    if (continuation) cursor.continuation = continuation;
    else services.cursors.finish(id);
    return page;
  });
};

const killCursors: Handler = async ({ request, services }) => {
  const ids: bigint[] = wholeCommand(request).cursors.map(cursorId);
  const killed = new Set(services.cursors.kill(ids));
  return reply({
    cursorsKilled: ids.filter((id) => killed.has(id)),
    cursorsNotFound: ids.filter((id) => !killed.has(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  });
};

function cursorId(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  throw new CommandError("FailedToParse", "a cursor id has to be a 64-bit integer");
}

/**
 * Without a query the engine answers from PostgreSQL's statistics, which lag behind: 10 where 21 had just been written.
 * That will do for large collections; small ones are counted.
 */
const count: Handler = async (call) => {
  const answer = await singleDocument(call, "count_query");
  const { count: name, query, skip, limit } = call.request.fields;
  const counted =
    skip ||
    limit ||
    (query && Object.keys(query).length > 0) ||
    BSON.deserialize(answer).n > EXACT_COUNT_LIMIT;
  if (counted || typeof name !== "string") return answer;
  const body = Buffer.from(BSON.serialize({ aggregate: name, pipeline: [{ $count: "n" }], cursor: {} }));
  const page = await onEngine(call, async (connection) => {
    const values = [call.request.database, body];
    return (await connection.query(`${FIRST_PAGE}aggregate_cursor_first_page($1, $2)`, values))[0]?.[0];
  });
  return reply({ n: (page && BSON.deserialize(page).cursor.firstBatch[0]?.n) ?? 0 });
};
const distinct: Handler = (call) => singleDocument(call, "distinct_query");

function singleDocument(call: Call, procedure: string): Promise<Buffer> {
  const { database, body }: CommandRequest = call.request;
  return onEngine(call, async (connection) => {
    const sql = `SELECT document FROM documentdb_api.${procedure}($1, $2)`;
    const document = (await connection.query(sql, [database, body]))[0]?.[0];
    if (!document) throw new Error(`${procedure} gave no document`);
    return document;
  });
}

export const readCommands: Record<string, Handler> = {
  find: openingCursor("find_cursor_first_page"),
  aggregate: openingCursor("aggregate_cursor_first_page"),
  listCollections: openingCursor("list_collections_cursor_first_page"),
  listIndexes: openingCursor("list_indexes_cursor_first_page"),
  getMore,
  killCursors,
  count,
  distinct,
};
