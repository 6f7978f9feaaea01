import "server-only";
import path from "node:path";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { env } from "@/lib/env";

/** Any number, the same in every process that migrates. */
const migrationLock = 5_712_003;

/**
 * Brings the database to the newest schema and says how many migrations that took. Several processes may start at once:
 * the advisory lock lets one work while the others wait and then find nothing left to do.
 */
export async function migrateDatabase(
  databaseUrl: string = env().DATABASE_URL,
): Promise<{ applied: number }> {
  const client = new Client({ connectionString: databaseUrl, application_name: "strata migrate" });
  // A server that goes away is reported by the query that fails; without a listener the process would end instead.
  client.on("error", () => {});
  await client.connect();
  try {
    const db = drizzle({ client });
    await db.execute(sql`select pg_advisory_lock(${migrationLock})`);
    const before = await countApplied(client);
    await migrate(db, { migrationsFolder: path.join(process.cwd(), "drizzle", "migrations") });
    return { applied: (await countApplied(client)) - before };
  } finally {
    // Ends the connection and with it the lock.
    await client.end();
  }
}

async function countApplied(client: Client): Promise<number> {
  const { rows } = await client.query<{ present: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as present",
  );
  if (!rows[0]?.present) return 0;
  const counted = await client.query<{ applied: number }>(
    "select count(*)::int as applied from drizzle.__drizzle_migrations",
  );
  return counted.rows[0]?.applied ?? 0;
}
