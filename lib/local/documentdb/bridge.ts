import net from "node:net";
import { dispatch } from "./commands/dispatch";
import { checkEngine } from "./compatibility";
import { Cursors } from "./cursors";
import { type CommandError, toCommandError } from "./errors";
import { type Client, onPool, type Services } from "./execution";
import { FORGET_OUTCOMES, OUTCOME_SCHEMA } from "./outcomes";
import { PgPool } from "./pg-pool";
import { readRequest } from "./request";
import { Transactions } from "./transactions";
import { Turns } from "./turns";
import { MessageReader, readMessage, type WireMessage, writeReply } from "./wire";

const ENGINE_DATABASE = "postgres";
const REAP_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 60_000;

/** Every open transaction and every running command holds one; must stay below `max_connections` in settings.ts. */
const ENGINE_CONNECTIONS = 80;

export type BridgeOptions = {
  enginePort: number;
  password: string;
  /** 0 picks a free port. */
  port: number;
  log: (line: string) => void;
  /** Called when the engine refuses connections; may start it again. */
  onEngineRefused?: () => Promise<void>;
  idleTransactionMs?: number;
};

export type Bridge = { port: number; close(): Promise<void> };

/** Serves MongoDB's wire protocol on 127.0.0.1 from the document engine. */
export async function openBridge(options: BridgeOptions): Promise<Bridge> {
  const { log } = options;
  const pool = new PgPool({
    connection: {
      port: options.enginePort,
      user: "postgres",
      password: options.password,
      database: ENGINE_DATABASE,
      options: "-c search_path=documentdb_api_catalog,documentdb_api,documentdb_core,public",
    },
    max: ENGINE_CONNECTIONS,
    patienceMs: 20_000,
    onRefused: options.onEngineRefused,
  });
  const transactions = new Transactions(pool, options.idleTransactionMs);
  const cursors = new Cursors(pool, log);
  const services = { pool, transactions, cursors, turns: new Turns(), log };
  try {
    await onPool(pool, async (connection) => {
      await checkEngine(connection);
      await connection.execute(OUTCOME_SCHEMA);
    });
  } catch (error) {
    pool.close();
    throw error;
  }

  const sockets = new Set<net.Socket>();
  let clients = 0;
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveClient(socket, { id: ++clients, reading: new Set() }, services);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });

  const reaper = setInterval(() => {
    cursors.reap();
    transactions.reap().catch((error) => log(`reaping transactions failed: ${String(error)}`));
  }, REAP_EVERY_MS);
  const forgetter = setInterval(() => {
    onPool(pool, (connection) => connection.execute(FORGET_OUTCOMES)).catch((error) =>
      log(`forgetting outcomes failed: ${String(error)}`),
    );
  }, FORGET_EVERY_MS);

  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : options.port,
    async close() {
      clearInterval(reaper);
      clearInterval(forgetter);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await transactions.close();
      pool.close();
    },
  };
}

/**
 * Answers the messages of one connection in their order, and clears up behind a client that went away. What it had
 * sent is still executed (a write without acknowledgement, say); only its reads and its transaction end.
 */
function serveClient(socket: net.Socket, client: Client, services: Services): void {
  const reader = new MessageReader();
  let turn = Promise.resolve();
  socket.on("data", (chunk) => {
    let messages: Buffer[];
    try {
      messages = reader.push(chunk);
    } catch (error) {
      services.log(`client ${client.id}: ${String(error)}`);
      socket.destroy();
      return;
    }
    for (const bytes of messages) {
      turn = turn.then(() => answer(socket, client, services, bytes));
    }
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    for (const connection of client.reading) void connection.cancel();
    const rollBack = () =>
      services.transactions
        .clientLost(client)
        .catch((error) => services.log(`rollback failed: ${String(error)}`));
    // At once, to interrupt what waits for a lock; and again for a transaction that was about to begin.
    void rollBack();
    void turn.then(rollBack);
  });
}

async function answer(socket: net.Socket, client: Client, services: Services, bytes: Buffer): Promise<void> {
  let message: WireMessage;
  try {
    message = readMessage(bytes);
  } catch (error) {
    services.log(`client ${client.id}: ${String(error)}`);
    socket.destroy();
    return;
  }
  const reply = await execute(client, services, message);
  if (!message.wantsReply || socket.destroyed) return;
  socket.cork();
  const flushed = writeReply(message, reply)
    .map((piece) => socket.write(piece))
    .at(-1);
  socket.uncork();
  if (!flushed) await drained(socket);
}

/** Until a slow client has taken what was written, or is gone. */
function drained(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off("drain", settle).off("close", settle);
      resolve();
    };
    socket.on("drain", settle).on("close", settle);
  });
}

async function execute(client: Client, services: Services, message: WireMessage): Promise<Uint8Array> {
  let context = { inTransaction: false, retryable: false, log: services.log };
  try {
    const request = readRequest(message);
    const ending = request.name === "commitTransaction" || request.name === "abortTransaction";
    // Repeating a commit is safe and its outcome is on record; running the transaction again would not be.
    const inTransaction = request.inTransaction && !ending;
    context = { ...context, inTransaction, retryable: request.transactionNumber !== null };
    return await dispatch({ request, client, services });
  } catch (error) {
    const refusal: CommandError = toCommandError(error, context);
    return refusal.reply();
  }
}
