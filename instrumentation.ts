import type { Instrumentation } from "next";

/** Runs once when the server starts, before it answers: a wrong environment or a failed migration stops it here, with its reason. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/lib/env");
  const { migrateDatabase } = await import("@/lib/db/migrate");
  const { refuseExpiry } = await import("@/lib/mongo/refuse-expiry");
  env();
  await refuseExpiry();
  const { applied } = await migrateDatabase();
  if (applied > 0) console.log(`PostgreSQL: ${applied} migration${applied === 1 ? "" : "s"} applied`);
}

/** One line for each page that failed, with the digest that the reader's error page shows and the id of the request. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  console.error(
    JSON.stringify({
      level: "error",
      time: new Date().toISOString(),
      requestId: request.headers["x-request-id"] ?? null,
      digest: error instanceof Error && "digest" in error ? error.digest : null,
      where: `${request.method} ${context.routePath}`,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
};
