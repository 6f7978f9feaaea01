import { PgConnection, PgConnectionLost, PgError, type PgOptions } from "./pgwire";

/** PostgreSQL is there but not yet, or no longer, accepting: starting, recovering from a crash, all slots taken. */
const NOT_YET = ["57P03", "57P01", "57P02", "53300"];

export type PoolOptions = {
  connection: PgOptions;
  max: number;
  /** How long `acquire` keeps trying while PostgreSQL restarts, and how long it waits for a free connection. */
  patienceMs: number;
  /** Called each time a connection is refused; may start the engine again. Throws to give up at once. */
  onRefused?: () => Promise<void>;
};

type Waiter = { resolve(connection: PgConnection): void; reject(error: Error): void; timer: NodeJS.Timeout };

/** Sessions with the engine, opened when needed and shared by all commands outside transactions. */
export class PgPool {
  readonly #options: PoolOptions;
  readonly #idle: PgConnection[] = [];
  readonly #waiting: Waiter[] = [];
  #size = 0;
  #opening = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  acquire(): Promise<PgConnection> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const index = this.#waiting.findIndex((waiter) => waiter.timer === timer);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(new PgConnectionLost(`no connection to the engine within ${this.#options.patienceMs} ms`));
      }, this.#options.patienceMs);
      this.#waiting.push({ resolve, reject, timer });
      this.#serve();
    });
  }

  /** Gives a connection back. One that is still inside a transaction is in an unknown state and is closed instead. */
  release(connection: PgConnection): void {
    if (connection.transactionStatus !== "I" || this.#closed) connection.close();
    if (!connection.closed) this.#idle.push(connection);
    this.#serve();
  }

  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) {
      clearTimeout(waiter.timer);
      waiter.reject(new PgConnectionLost("the bridge is closing"));
    }
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const connection = this.#idle.pop();
      if (connection) {
        const waiter = this.#waiting.shift();
        if (waiter) clearTimeout(waiter.timer);
        waiter?.resolve(connection);
      } else if (this.#size < this.#options.max && this.#opening < this.#waiting.length) {
        void this.#open();
      } else return;
    }
  }

  async #open(): Promise<void> {
    this.#size++;
    this.#opening++;
    try {
      const connection = await this.#connect();
      connection.onClose = () => this.#forget(connection);
      if (connection.closed) this.#forget(connection);
      else this.#idle.push(connection);
    } catch (error) {
      this.#size--;
      const waiter = this.#waiting.shift();
      if (waiter) clearTimeout(waiter.timer);
      waiter?.reject(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#opening--;
      this.#serve();
      if (this.#closed) for (const connection of this.#idle.splice(0)) connection.close();
    }
  }

  async #connect(): Promise<PgConnection> {
    const deadline = Date.now() + this.#options.patienceMs;
    for (;;) {
      try {
        return await PgConnection.connect(this.#options.connection);
      } catch (error) {
        const refused = error instanceof PgConnectionLost;
        const notYet = error instanceof PgError && NOT_YET.includes(error.sqlState);
        if (this.#closed || !(refused || notYet) || Date.now() > deadline) throw error;
        if (refused) await this.#options.onRefused?.();
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    }
  }

  #forget(connection: PgConnection): void {
    this.#size--;
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#serve();
  }
}
