/** Runs once when the server starts, before it answers: a wrong environment or a failed migration stops it here, with its reason. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/lib/env");
  const { migrateDatabase } = await import("@/lib/db/migrate");
  env();
  const { applied } = await migrateDatabase();
  if (applied > 0) console.log(`PostgreSQL: ${applied} migration${applied === 1 ? "" : "s"} applied`);
}
