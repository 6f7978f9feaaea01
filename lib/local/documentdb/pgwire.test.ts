import { expect, it } from "vitest";
import { PgPool } from "./pg-pool";
import { PgConnection, PgConnectionLost, PgError } from "./pgwire";
import { describeWithEngine, until, useEngine } from "./testing";

describeWithEngine("the connection with PostgreSQL", () => {
  const stage = useEngine();
  const login = () => ({
    port: stage.engine.port,
    user: "postgres",
    password: stage.engine.password,
    database: "postgres",
  });

  it("carries bytes in both directions as they are, null included", async () => {
    const connection = await PgConnection.connect(login());
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    expect(await connection.query("SELECT $1::bytea, $2::bytea, $3::text", [bytes, null, "é"])).toEqual([
      [bytes, null, Buffer.from("é")],
    ]);
    const large = Buffer.alloc(20_000_000, 7);
    expect((await connection.query("SELECT $1::bytea", [large]))[0]?.[0]?.equals(large)).toBe(true);
    connection.close();
  });

  it("prepares a statement again after PostgreSQL refused it, under a new name", async () => {
    const connection = await PgConnection.connect(login());
    const sql = "SELECT n FROM made_later WHERE n = $1::int4";
    await expect(connection.query(sql, ["1"])).rejects.toMatchObject({ sqlState: "42P01" });
    await connection.execute("CREATE TABLE made_later (n int4)");
    expect(await connection.query(sql, ["1"])).toEqual([]);
    expect(await connection.query(sql, ["1"])).toEqual([]);
    connection.close();
  });

  it("answers statements sent without waiting in their order, and a failing one fails alone", async () => {
    const connection = await PgConnection.connect(login());
    const answers = await Promise.allSettled([
      connection.query("SELECT 'a'::text"),
      connection.query("SELECT 1 / $1::int4", ["0"]),
      connection.execute("SET statement_timeout = 0"),
      connection.query("SELECT 'b'::text"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    connection.close();
  });

  it("can be interrupted", async () => {
    const connection = await PgConnection.connect(login());
    const sleeping = connection.query("SELECT pg_sleep(60)");
    const error = sleeping.catch((reason) => reason);
    await until(
      async () =>
        (await stage.engine.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")).length > 0,
    );
    await connection.cancel();
    expect(await error).toBeInstanceOf(PgError);
    expect(await connection.query("SELECT 1::int4")).toHaveLength(1);
    connection.close();
  });

  it("fails what is under way when it is lost, and everything after it", async () => {
    const connection = await PgConnection.connect(login());
    const [row] = await connection.query("SELECT pg_backend_pid()::text");
    const error = connection.query("SELECT pg_sleep(60)").catch((reason) => reason);
    await stage.engine.sql(`SELECT pg_terminate_backend(${row?.[0]})::text`);
    expect((await error).message).toContain("terminating connection");
    await until(() => connection.closed);
    await expect(connection.query("SELECT 1")).rejects.toBeInstanceOf(PgConnectionLost);
  });

  it("a pool opens no more than its share, serves waiters in turn and replaces the lost", async () => {
    const pool = new PgPool({ connection: login(), max: 2, patienceMs: 5000 });
    const [a, b] = [await pool.acquire(), await pool.acquire()];
    const order: number[] = [];
    const waiting = [1, 2].map(async (n) => {
      const connection = await pool.acquire();
      order.push(n);
      return connection;
    });
    pool.release(a);
    pool.release(b);
    const served = await Promise.all(waiting);
    expect([order, pool.size]).toEqual([[1, 2], 2]);
    served[0]?.close();
    const replaced = await pool.acquire();
    expect(await replaced.query("SELECT 1::int4")).toHaveLength(1);
    for (const connection of [served[1], replaced]) if (connection) pool.release(connection);
    pool.close();
  });

  it("a pool does not lend out a connection that was left inside a transaction", async () => {
    const pool = new PgPool({ connection: login(), max: 1, patienceMs: 5000 });
    const connection = await pool.acquire();
    await connection.execute("BEGIN");
    pool.release(connection);
    const next = await pool.acquire();
    expect(next).not.toBe(connection);
    expect(next.transactionStatus).toBe("I");
    pool.release(next);
    pool.close();
  });

  it("a pool gives up after its patience when nothing gets free", async () => {
    const pool = new PgPool({ connection: login(), max: 1, patienceMs: 100 });
    const held = await pool.acquire();
    await expect(pool.acquire()).rejects.toThrow("within 100 ms");
    pool.release(held);
    pool.close();
  });
});
