import { CommandError } from "../errors";
import type { Call, Handler } from "../execution";
import { collectionCommands } from "./collections";
import { diagnosticCommands } from "./diagnostics";
import { indexCommands } from "./indexes";
import { readCommands } from "./reads";
import { sessionCommands } from "./sessions";
import { writeCommands } from "./writes";

const handlers = new Map<string, Handler>(
  [
    diagnosticCommands,
    readCommands,
    writeCommands,
    sessionCommands,
    indexCommands,
    collectionCommands,
  ].flatMap((commands) => Object.entries(commands)),
);

/** As in MongoDB: what else is sent inside a transaction is refused and leaves the transaction as it is. */
const INSIDE_TRANSACTION = new Set([
  ...["find", "getMore", "killCursors", "aggregate", "distinct"],
  ...["insert", "update", "delete", "findAndModify", "findandmodify", "create"],
  ...["commitTransaction", "abortTransaction"],
]);

export async function dispatch(call: Call): Promise<Uint8Array> {
  const { name, inTransaction } = call.request;
  const handler = handlers.get(name);
  if (!handler) throw new CommandError("CommandNotFound", `no such command: '${name}'`);
  if (inTransaction && !INSIDE_TRANSACTION.has(name)) {
    throw new CommandError("OperationNotSupportedInTransaction", `${name} cannot run inside a transaction`);
  }
  return handler(call);
}
