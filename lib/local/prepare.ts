import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createDatabase } from "./databases";
import type { AppEnvironment } from "./environment";
import { Failure, reasonOf } from "./failure";
import { projectRoot } from "./home";
import { untilStopped } from "./interrupt";
import { say, step } from "./progress";
import type { Services } from "./services";

/**
 * Brings both databases to the newest shape. The app's modules read the environment when they are loaded, so it is set
 * first and they are loaded after.
 */
export async function prepareStores(
  services: Services,
  database: string,
  environment: AppEnvironment & Record<string, string>,
  signal: AbortSignal,
): Promise<void> {
  if (services.postgres) await createDatabase(services.adminUrl, database);
  Object.assign(process.env, environment);
  const { migrateDatabase } = await import("@/lib/db/migrate");
  await step(
    "Migrations",
    () =>
      untilStopped(signal, migrateDatabase()).catch(
        fail(signal, "The migrations failed", "Check DATABASE_URL and drizzle/migrations."),
      ),
    ({ applied }) => `Migrations: ${applied === 0 ? "nothing new" : `${applied} applied`}`,
  );
  const { ensureCollections } = await import("@/lib/mongo/ensure");
  const { drift } = await step(
    "Collections",
    () =>
      untilStopped(signal, ensureCollections()).catch(
        fail(signal, "The collections could not be prepared", "Check MONGODB_URI."),
      ),
    ({ created, indexesCreated }) =>
      `Collections: ${created.length + indexesCreated === 0 ? "nothing new" : `${created.length} and ${indexesCreated} indexes created`}`,
  );
  for (const { collection, index, problem } of drift)
    say(`  ${collection}: index ${index} ${problem}; nothing was changed`);
}

/** Fills the demo workspace; real files beside the project are used when somebody has put them there. */
export async function seed(signal: AbortSignal): Promise<void> {
  const realInputs = path.resolve(projectRoot, "../shared/data");
  const { seedDemo } = await import("@/lib/demo/seed");
  await step("Demo workspace", (note) =>
    untilStopped(signal, seedDemo({ onProgress: note, dataDir: existsSync(realInputs) ? realInputs : null })),
  );
}

/** The workspace `demo` with its people, for an import into an installation that no demo has run in yet. */
export async function ensureDemoWorkspace(signal: AbortSignal): Promise<void> {
  const { scopeForCommand } = await import("@/lib/auth/access");
  if (await untilStopped(signal, scopeForCommand("demo"))) return;
  const { seedDemoPeople } = await import("@/lib/demo/sign-ins");
  process.env.STRATA_DEMO = "1";
  await step("Workspace demo and its people", () => untilStopped(signal, seedDemoPeople()));
}

/**
 * Ends this process's own connections: a server that stops would otherwise have each of them complain. A query that was
 * cut short is not waited for.
 */
export async function closeStores(): Promise<void> {
  const { closeDatabase } = await import("@/lib/db/client");
  const { closeMongo } = await import("@/lib/mongo/client");
  await Promise.race([Promise.all([closeDatabase(), closeMongo()]), delay(2_000)]);
}

function fail(signal: AbortSignal, what: string, remedy: string): (error: unknown) => never {
  return (error) => {
    signal.throwIfAborted();
    throw new Failure(`${what} (${reasonOf(error)}).`, remedy, { cause: error });
  };
}
