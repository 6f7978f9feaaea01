import "server-only";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { env } from "@/lib/env";

export type Database = NodePgDatabase & { $client: Pool };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Kept on globalThis: `next dev` evaluates this module again after each change, and each pool holds connections. */
const shared = globalThis as typeof globalThis & { strataPool?: Pool; strataDatabaseUrl?: string };

/** Of this evaluation: it remembers the names of columns, and one that was added meanwhile must not be missing from them. */
let wrapped: Database | undefined;

/**
 * PostgreSQL without a scope. Only lib/db and lib/auth import this module (lib/testing/architecture.test.ts):
 * everything else goes through inScope or inPlatform, where the workspace is set and row-level security can stand.
 */
export function database(): Database {
  shared.strataPool ??= openPool(shared.strataDatabaseUrl ?? env().DATABASE_URL);
  if (wrapped?.$client !== shared.strataPool)
    wrapped = drizzle({ client: shared.strataPool, casing: "snake_case" });
  return wrapped;
}

/** Moves this process to another database. For the tests, which make a database each, and for closing at the end. */
export async function switchDatabase(url: string | undefined): Promise<void> {
  const before = shared.strataPool;
  shared.strataPool = undefined;
  shared.strataDatabaseUrl = url;
  await before?.end();
}

/** Ends the pool, so that a command can exit. The next use opens a new one. */
export function closeDatabase(): Promise<void> {
  return switchDatabase(shared.strataDatabaseUrl);
}

function openPool(connectionString: string): Pool {
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
  return pool;
}
