import "server-only";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { env } from "@/lib/env";

export type Database = NodePgDatabase & { $client: Pool };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Kept on globalThis: `next dev` evaluates this module again after each change, and each pool holds connections. */
const shared = globalThis as typeof globalThis & { strataDatabase?: Database; strataDatabaseUrl?: string };

/**
 * PostgreSQL without a scope. Only lib/db and lib/auth import this module (lib/testing/architecture.test.ts):
 * everything else goes through inScope or inPlatform, where the workspace is set and row-level security can stand.
 */
export function database(): Database {
  shared.strataDatabase ??= openDatabase(shared.strataDatabaseUrl ?? env().DATABASE_URL);
  return shared.strataDatabase;
}

/** Moves this process to another database. For the tests, which make a database each, and for closing at the end. */
export async function switchDatabase(url: string | undefined): Promise<void> {
  const before = shared.strataDatabase;
  shared.strataDatabase = undefined;
  shared.strataDatabaseUrl = url;
  await before?.$client.end();
}

/** Ends the pool, so that a command can exit. The next use opens a new one. */
export function closeDatabase(): Promise<void> {
  return switchDatabase(shared.strataDatabaseUrl);
}

function openDatabase(connectionString: string): Database {
  const pool = new Pool({
    connectionString,
    max: 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    // A statement that runs away, or a transaction whose process hangs, must not hold locks for ever.
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: "strata",
  });
  // An idle connection that the server closes (restart, failover) would otherwise end the process.
  pool.on("error", (error) => console.error("PostgreSQL closed an idle connection:", error.message));
  return drizzle({ client: pool, casing: "snake_case" });
}
