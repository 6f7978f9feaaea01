import { BSON, type Document } from "mongodb";
import { CommandError, fromSqlState, unpackSqlState } from "../errors";
import { type Call, type Handler, writeOnEngine } from "../execution";
import { isRepetition, keepingOutcome, outcomeValues, storedOutcome } from "../outcomes";
import type { PgConnection, PgRow } from "../pgwire";

/** insert, update and delete take the documents of a kind 1 section as they came, beside the command. */
const withSequence = (procedure: string) => ({
  sql: `documentdb_api.${procedure}($1, $2, $3, NULL)`,
  sequence: true,
});
const findAndModify = { sql: "documentdb_api.find_and_modify($1, $2, NULL)", sequence: false };
type Procedure = ReturnType<typeof withSequence>;

function write(procedure: Procedure): Handler {
  return async (call) => {
    const [result, success] = await writeOnEngine(call, (connection) => run(call, procedure, connection));
    if (!result) throw new Error(`${procedure.sql} gave no result`);
    return success?.[0] === 1 ? result : withMongoCodes(call, result);
  };
}

async function run(call: Call, { sql, sequence }: Procedure, connection: PgConnection): Promise<PgRow> {
  const { database, body, sequence: documents, session, transactionNumber, inTransaction } = call.request;
  const values = sequence ? [database, body, documents] : [database, body];
  if (inTransaction || !session || transactionNumber === null) {
    return (await connection.query(`SELECT p_result, p_success FROM ${sql}`, values))[0] ?? [];
  }
  const key = { session, number: transactionNumber };
  try {
    const statement = keepingOutcome(sql, values.length);
    return (await connection.query(statement, [...values, ...outcomeValues(key)]))[0] ?? [];
  } catch (error) {
    if (!isRepetition(error)) throw error;
    return [await storedOutcome(connection, key), null];
  }
}

/** A reply with writeErrors: their codes become MongoDB's, and inside a transaction they end it, as in MongoDB. */
async function withMongoCodes(call: Call, result: Buffer): Promise<Uint8Array> {
  const { inTransaction, transactionNumber } = call.request;
  const context = { inTransaction, retryable: transactionNumber !== null, log: call.services.log };
  const document = BSON.deserialize(result, { promoteValues: false });
  const errors: Document[] = document.writeErrors ?? [];
  for (const entry of errors) {
    const error = fromSqlState(unpackSqlState(Number(entry.code)), String(entry.errmsg), context);
    entry.code = error.code;
    entry.errmsg = error.message;
  }
  if (inTransaction && errors.length > 0) {
    await call.services.transactions.abortAfterWriteError(call.request);
    const conflict = errors.find((entry) => entry.code === 112);
    if (conflict) throw new CommandError("WriteConflict", conflict.errmsg);
  }
  return BSON.serialize(document);
}

export const writeCommands: Record<string, Handler> = {
  insert: write(withSequence("insert")),
  update: write(withSequence("update")),
  delete: write(withSequence("delete")),
  findAndModify: write(findAndModify),
  findandmodify: write(findAndModify),
};
