import { BSON, type Document } from "mongodb";
import { Duplicates } from "../duplicates";
import { CommandError, type ErrorContext, fromSqlState, unpackSqlState } from "../errors";
import { type Call, type Handler, writeOnEngine } from "../execution";
import {
  forgetOutcome,
  isRepetition,
  keepingOutcome,
  type OutcomeKey,
  outcomeValues,
  storedOutcome,
} from "../outcomes";
import { type PgConnection, PgError } from "../pgwire";
import { wholeCommand } from "../request";

/** insert, update and delete take the documents of a kind 1 section as they came, beside the command. */
const withSequence = (name: string) => ({ sql: `documentdb_api.${name}($1, $2, $3, NULL)`, sequence: true });
const findAndModify = { sql: "documentdb_api.find_and_modify($1, $2, NULL)", sequence: false };
type Procedure = ReturnType<typeof withSequence>;
type Written = { result: Buffer; success: boolean };

const CONFLICT_STATES = ["40001", "40P01"];
const DUPLICATE_STATES = ["23505", "23P01", "M001C"];
const CONFLICT_ATTEMPTS = 30;
const UPSERT_ATTEMPTS = 4;

/** A single upsert that another one of the same key has beaten; with the reply it would get. */
class LostUpsert extends Error {
  constructor(readonly written: Written) {
    super("the document was inserted by somebody else meanwhile");
  }
}

function write(procedure: Procedure): Handler {
  return async (call) => {
    const work = (connection: PgConnection) => run(call, procedure, connection);
    const duplicates = new Duplicates(call);
    const { result, success } = await writeOnEngine(call, work, mayRepeat(call)).catch(async (error) => {
      if (error instanceof LostUpsert) return error.written;
      throw error instanceof PgError
        ? await duplicates.explain(fromSqlState(error.sqlState, error.message, contextOf(call)))
        : error;
    });
    return success ? result : withMongoCodes(call, result, duplicates);
  };
}

/**
 * What MongoDB repeats by itself: a write that lost against another one (the engine has rolled all of it back), and an
 * upsert that found nothing to update and then the key taken: the next time it finds the document.
 */
function mayRepeat({ request }: Call) {
  return (error: unknown, attempt: number): boolean => {
    const state = error instanceof PgError ? error.sqlState : "";
    if (CONFLICT_STATES.includes(state)) return attempt < CONFLICT_ATTEMPTS;
    const lostUpsert = DUPLICATE_STATES.includes(state) && request.fields.upsert === true;
    return (lostUpsert || error instanceof LostUpsert) && attempt < UPSERT_ATTEMPTS;
  };
}

async function run(call: Call, { sql, sequence }: Procedure, connection: PgConnection): Promise<Written> {
  const { database, body, sequence: documents, session, transactionNumber, inTransaction } = call.request;
  const values = sequence ? [database, body, documents] : [database, body];
  const numbered = session !== null && transactionNumber !== null && !inTransaction;
  const key: OutcomeKey | null = numbered ? { session, number: transactionNumber } : null;
  try {
    const [row] = key
      ? await connection.query(keepingOutcome(sql, values.length), [...values, ...outcomeValues(key)])
      : await connection.query(`SELECT p_result, p_success FROM ${sql}`, values);
    const [result, success] = row ?? [];
    if (!result) throw new Error(`${sql} gave no result`);
    const written = { result, success: success?.[0] === 1 };
    if (written.success || inTransaction || !isLostUpsert(call, result)) return written;
    if (key) await forgetOutcome(connection, key);
    throw new LostUpsert(written);
  } catch (error) {
    if (!key || !isRepetition(error)) throw error;
    const result = await storedOutcome(connection, key);
    if (!result) throw error;
    return { result, success: false };
  }
}

function isLostUpsert({ request }: Call, result: Buffer): boolean {
  const { n, writeErrors } = BSON.deserialize(result);
  const duplicate =
    writeErrors?.length === 1 && DUPLICATE_STATES.includes(unpackSqlState(writeErrors[0].code));
  if (request.name !== "update" || n !== 0 || !duplicate) return false;
  const {
    updates = request.sequence
      ? [BSON.deserialize(request.sequence, { allowObjectSmallerThanBufferSize: true })]
      : [],
  } = wholeCommand(request);
  return updates.length === 1 && updates[0].upsert === true;
}

/** A reply with writeErrors: their codes become MongoDB's, and inside a transaction they end it, as in MongoDB. */
async function withMongoCodes(call: Call, result: Buffer, duplicates: Duplicates): Promise<Uint8Array> {
  const { inTransaction } = call.request;
  const document = BSON.deserialize(result, { promoteValues: false });
  const errors: Document[] = document.writeErrors ?? [];
  for (const entry of errors) {
    const state = unpackSqlState(Number(entry.code));
    const error = await duplicates.explain(fromSqlState(state, String(entry.errmsg), contextOf(call)));
    Object.assign(entry, { code: error.code, errmsg: error.message, ...error.details });
  }
  if (inTransaction && errors.length > 0) {
    await call.services.transactions.abortAfterWriteError(call.request);
    const conflict = errors.find((entry) => entry.code === 112);
    if (conflict) throw new CommandError("WriteConflict", conflict.errmsg);
  }
  return BSON.serialize(document);
}

function contextOf({ request, services }: Call): ErrorContext {
  const { inTransaction, transactionNumber } = request;
  return { inTransaction, retryable: transactionNumber !== null, log: services.log };
}

export const writeCommands: Record<string, Handler> = {
  insert: write(withSequence("insert")),
  update: write(withSequence("update")),
  delete: write(withSequence("delete")),
  findAndModify: write(findAndModify),
  findandmodify: write(findAndModify),
};
