import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { isPostgresAway } from "./errors";

/** What a query fails with; the driver's own errors, none made here. */
async function failureOf(url: string, query: string): Promise<unknown> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on("error", () => {});
  try {
    return await drizzle({ client: pool })
      .execute(query)
      .catch((error: unknown) => error);
  } finally {
    await pool.end();
  }
}

const url = process.env.DATABASE_URL ?? "";

test("a server that is not there is away", async () => {
  expect(isPostgresAway(await failureOf("postgres://a:b@127.0.0.1:9/x", "select 1"))).toBe(true);
});

test("a server that ends the connection is away", async () => {
  expect(isPostgresAway(await failureOf(url, "select pg_terminate_backend(pg_backend_pid())"))).toBe(true);
});

test("a query that is wrong is a query that is wrong", async () => {
  const failure = await failureOf(url, "select nothing_like_it");
  expect(failure).toBeInstanceOf(Error);
  expect(isPostgresAway(failure)).toBe(false);
});
