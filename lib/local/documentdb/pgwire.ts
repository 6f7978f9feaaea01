import net from "node:net";
import {
  bindAndExecute,
  cancelRequest,
  type PgValue,
  parse,
  saslInitial,
  saslResponse,
  simpleQuery,
  startup,
  terminate,
} from "./pg-messages";
import { PgMessageReader, type PgRow, readErrorFields, readRow } from "./pg-replies";
import { ScramClient } from "./pg-scram";

export type PgOptions = { port: number; user: string; password: string; database: string; options?: string };

/** A statement that PostgreSQL refused. */
export class PgError extends Error {
  readonly sqlState: string;
  readonly schema: string;
  constructor(fields: Map<string, string>) {
    super(fields.get("M") ?? "PostgreSQL gave no message");
    this.name = "PgError";
    this.sqlState = fields.get("C") ?? "XX000";
    this.schema = fields.get("s") ?? "";
  }
}

/** The session is gone: whether the statement in flight took effect is not known. */
export class PgConnectionLost extends Error {
  override name = "PgConnectionLost";
}

type Exchange = {
  rows: PgRow[];
  tag: string;
  error: PgError | null;
  /** SQL whose Parse travels with this exchange, and the name it gets when PostgreSQL accepts it. */
  preparing: { sql: string; name: string } | null;
  resolve(exchange: Exchange): void;
  reject(error: Error): void;
};

/**
 * One session with PostgreSQL. Written for the bridge because `pg` turns binary results into strings, which destroys
 * BSON. Exchanges may be sent without awaiting the one before: each ends in its own Sync, so a failing one does not
 * take the next with it.
 */
export class PgConnection {
  /** I idle, T in a transaction, E in a failed transaction. */
  transactionStatus = "I";
  closed = false;
  onClose: () => void = () => {};
  readonly #socket: net.Socket;
  readonly #options: PgOptions;
  readonly #scram: ScramClient;
  readonly #prepared = new Map<string, string>();
  readonly #pending: Exchange[] = [];
  readonly #reader = new PgMessageReader();
  #names = 0;
  #backendKey = Buffer.alloc(0);
  #lastWords = "";

  private constructor(options: PgOptions) {
    this.#options = options;
    this.#scram = new ScramClient(options.password);
    this.#socket = net.connect({ host: "127.0.0.1", port: options.port, noDelay: true });
    this.#socket.on("data", (chunk) => this.#receive(chunk));
    this.#socket.on("error", (error) => this.#lose(error.message));
    this.#socket.on("close", () => this.#lose("PostgreSQL closed the connection"));
  }

  static async connect(options: PgOptions): Promise<PgConnection> {
    const connection = new PgConnection(options);
    const { user, database } = options;
    const parameters = { user, database, client_encoding: "UTF8", application_name: "strata-bridge" };
    try {
      await connection.#exchange(null, [
        startup(options.options ? { ...parameters, options: options.options } : parameters),
      ]);
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  /** Runs one prepared statement; rows come in binary format. */
  async query(sql: string, values: PgValue[] = []): Promise<PgRow[]> {
    const known = this.#prepared.get(sql);
    const name = known ?? `s${++this.#names}`;
    const preparing = known ? null : { sql, name };
    const pieces = bindAndExecute(name, values);
    return (await this.#exchange(preparing, known ? pieces : [parse(name, sql), ...pieces])).rows;
  }

  /** Runs SQL text, several statements if need be; returns the tag of the last command. */
  async execute(sql: string): Promise<string> {
    return (await this.#exchange(null, [simpleQuery(sql)])).tag;
  }

  /** Asks PostgreSQL to interrupt what this session does now; the statement then fails with 57014, or has ended before. */
  cancel(): Promise<void> {
    return new Promise((resolve) => {
      const socket = net.connect({ host: "127.0.0.1", port: this.#options.port });
      socket.on("connect", () => socket.end(cancelRequest(this.#backendKey)));
      socket.on("error", () => resolve());
      socket.on("close", () => resolve());
      socket.resume();
    });
  }

  close(): void {
    if (!this.closed) this.#socket.end(terminate());
    this.#lose("the bridge closed the connection");
    this.#socket.destroySoon();
  }

  #exchange(preparing: Exchange["preparing"], pieces: Buffer[]): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new PgConnectionLost(this.#lastWords || "the connection is closed"));
      this.#pending.push({ rows: [], tag: "", error: null, preparing, resolve, reject });
      this.#socket.cork();
      for (const piece of pieces) this.#socket.write(piece);
      this.#socket.uncork();
    });
  }

  #lose(reason: string): void {
    if (this.closed) return;
    this.closed = true;
    this.#lastWords ||= reason;
    this.#socket.destroySoon();
    for (const exchange of this.#pending.splice(0)) {
      exchange.reject(exchange.error ?? new PgConnectionLost(this.#lastWords));
    }
    this.onClose();
  }

  #receive(chunk: Buffer): void {
    for (const [type, body] of this.#reader.push(chunk)) this.#handle(type, body);
  }

  #handle(type: string, body: Buffer): void {
    const exchange = this.#pending[0];
    switch (type) {
      case "D":
        exchange?.rows.push(readRow(body));
        break;
      case "C":
        if (exchange) exchange.tag = body.toString("utf8", 0, body.length - 1);
        break;
      case "1":
        if (exchange?.preparing) this.#prepared.set(exchange.preparing.sql, exchange.preparing.name);
        break;
      case "E":
        this.#fail(readErrorFields(body));
        break;
      case "K":
        this.#backendKey = Buffer.from(body);
        break;
      case "R":
        this.#authenticate(body.readInt32BE(0), body.subarray(4));
        break;
      case "Z":
        this.transactionStatus = body.toString("latin1");
        this.#pending.shift();
        if (exchange?.error) exchange.reject(exchange.error);
        else exchange?.resolve(exchange);
    }
  }

  #fail(fields: Map<string, string>): void {
    const exchange = this.#pending[0];
    // After a FATAL error no ReadyForQuery follows, only the end of the connection.
    if (fields.get("V") === "FATAL") this.#lastWords = fields.get("M") ?? "";
    if (exchange) exchange.error ??= new PgError(fields);
  }

  #authenticate(step: number, body: Buffer): void {
    try {
      if (step === 10) this.#socket.write(saslInitial(this.#scram.mechanism, this.#scram.first()));
      else if (step === 11) this.#socket.write(saslResponse(this.#scram.final(body.toString())));
      else if (step === 12) this.#scram.verify(body.toString());
      else if (step !== 0)
        throw new Error(`PostgreSQL asks for authentication method ${step}, not SCRAM-SHA-256`);
    } catch (error) {
      this.#pending.shift()?.reject(error instanceof Error ? error : new Error(String(error)));
      this.#lose("authentication failed");
    }
  }
}
