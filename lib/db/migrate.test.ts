import { Client } from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { migrateDatabase } from "./migrate";

const { url } = testDatabase({ migrated: false });

test("of several processes that start at once, one applies the migrations and the others find nothing to do", async () => {
  const results = await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(url)));
  const applied = results.map((result) => result.applied).sort((a, b) => b - a);
  expect(applied[0]).toBeGreaterThan(0);
  expect(applied.slice(1)).toEqual([0, 0, 0]);
});

test("migrating again applies nothing, and every migration is noted once", async () => {
  expect(await migrateDatabase(url)).toEqual({ applied: 0 });
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "select count(*)::int - count(distinct hash)::int as twice from drizzle.__drizzle_migrations",
  );
  await client.end();
  expect(rows).toEqual([{ twice: 0 }]);
});

test("the lock goes with its connection: none is left behind", async () => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "select count(*)::int as held from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
  );
  await client.end();
  expect(rows).toEqual([{ held: 0 }]);
});

test("a server that is not there is an error that says so", async () => {
  await expect(migrateDatabase("postgres://127.0.0.1:1/none")).rejects.toThrow(/ECONNREFUSED/);
});
