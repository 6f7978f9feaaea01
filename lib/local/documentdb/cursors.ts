import type { PgPool } from "./pg-pool";

/** MongoDB's cursorTimeoutMillis. */
export const IDLE_CURSOR_MS = 600_000;

type Cursor = {
  database: string;
  /** Where the next page starts; the engine makes a new one with every page. */
  continuation: Buffer;
  session: string | null;
  usedAt: number;
};

/**
 * Open cursors. The engine keeps their rows in files (`useFileBasedPersistedCursors`), so an open cursor holds no
 * engine connection: without that, as many cursors as the pool has connections stop everything.
 */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();

  constructor(
    readonly pool: PgPool,
    readonly log: (line: string) => void,
    readonly idleMs = IDLE_CURSOR_MS,
  ) {}

  add(id: bigint, cursor: Omit<Cursor, "usedAt">): void {
    this.#open.set(id, { ...cursor, usedAt: Date.now() });
  }

  get(id: bigint): Cursor | undefined {
    const cursor = this.#open.get(id);
    if (cursor) cursor.usedAt = Date.now();
    return cursor;
  }

  /** The cursor has given its last page: nothing of it is left in the engine. */
  finish(id: bigint): void {
    this.#open.delete(id);
  }

  /** Drops cursors before their end; returns those that were open. */
  kill(ids: bigint[]): bigint[] {
    const open = ids.filter((id) => this.#open.delete(id));
    if (open.length > 0) void this.#deleteFiles(open);
    return open;
  }

  endSession(session: string): void {
    this.kill([...this.#open].filter(([, cursor]) => cursor.session === session).map(([id]) => id));
  }

  reap(): void {
    const limit = Date.now() - this.idleMs;
    this.kill([...this.#open].filter(([, cursor]) => cursor.usedAt < limit).map(([id]) => id));
  }

  /** Not awaited by anyone: what stays behind is removed by the engine's own clean-up, a minute later. */
  async #deleteFiles(ids: bigint[]): Promise<void> {
    try {
      const connection = await this.pool.acquire();
      await connection
        .query("SELECT documentdb_api_internal.delete_cursors($1::bigint[])", [`{${ids.join(",")}}`])
        .finally(() => this.pool.release(connection));
    } catch (error) {
      this.log(`could not remove the files of ${ids.length} cursors: ${String(error)}`);
    }
  }
}
