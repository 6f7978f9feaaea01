import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll } from "vitest";
import { switchDatabase } from "@/lib/db/client";
import { migrateDatabase } from "@/lib/db/migrate";
import { noDatabase } from "./environment";

/**
 * A database of this test file's own on the server of DATABASE_URL: made and migrated before the tests, and the one that this
 * process uses; dropped after them. Call it once, at the top of the file.
 */
export function testDatabase({ migrated = true } = {}): { readonly url: string } {
  const server = process.env.DATABASE_URL ?? noDatabase;
  if (server === noDatabase)
    throw new Error("Set DATABASE_URL to a PostgreSQL server; `npm test` starts one and does.");
  const name = `strata_test_${randomBytes(6).toString("hex")}`;
  const url = new URL(server);
  url.pathname = `/${name}`;

  beforeAll(async () => {
    await onServer(server, `create database ${name}`);
    if (migrated) await migrateDatabase(url.href);
    await switchDatabase(url.href);
  });
  afterAll(async () => {
    await switchDatabase(undefined);
    await onServer(server, `drop database if exists ${name} with (force)`);
  });
  return { url: url.href };
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
