import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { createDatabase, dropDatabases, dropLeftovers } from "./databases";
import { type AppEnvironment, testEnvironment } from "./environment";
import type { Home } from "./home";
import { closeStores } from "./prepare";
import { processesOf } from "./process-table";
import { endProcess } from "./processes";
import { runTool, tools } from "./proof";
import { leases, type Services } from "./services";
import { type Counts, countVitest } from "./test-report";

export type TestRun = {
  home: Home;
  services: Services;
  /** Reports, and the servers that tests start themselves. */
  folder: string;
  /** Databases with this name exist for this run alone. */
  environment(suffix: string, url: string): Promise<AppEnvironment & Record<string, string>>;
  /** Ends whatever the run started, drops its databases and gives the services back. */
  end(): Promise<void>;
};

/** Marks every process of a run, so that even one that detached itself is found at the end. */
const mark = "STRATA_RUN";
/** Where tests start servers of their own: those clean their environment, but not the folder they serve. */
const folderVariable = "STRATA_TEST_FOLDER";
/** Of each profile its own: a run of tests must not clear up behind faults that are still at it. */
const prefixOf = (home: Home) => `run-${home.profile}-`;

export async function beginTestRun(home: Home, services: Services): Promise<TestRun> {
  return begin(home, services).catch(async (error: unknown) => {
    await services.release();
    throw error;
  });
}

async function begin(home: Home, services: Services): Promise<TestRun> {
  const run = `${Date.now().toString(36)}${process.pid.toString(36)}`;
  const names: string[] = [];
  const base = path.dirname(home.dir);
  const prefix = prefixOf(home);
  if (leases(home).length === 1) {
    for (const name of readdirSync(base))
      if (name.startsWith(prefix)) await clear(path.join(base, name), name.slice(prefix.length));
    if (services.postgres && services.mongo) await dropLeftovers(home, services);
  }
  const folder = path.join(base, prefix + run);
  mkdirSync(folder, { mode: 0o755 });
  return {
    home,
    services,
    folder,
    environment: async (suffix, url) => {
      const name = `strata_test_${run}_${suffix}`;
      names.push(name);
      await createDatabase(services.adminUrl, name);
      return { ...testEnvironment(home, services, name, url), [mark]: run, [folderVariable]: folder };
    },
    end: async () => {
      try {
        await closeStores();
        await clear(folder, run);
        await dropDatabases(home, services, names);
      } finally {
        await services.release();
      }
    },
  };
}

/** Ends what a run started, also when only its folder is left of it, and removes that folder. */
async function clear(folder: string, run: string): Promise<void> {
  // Twice: a test runner that dies first can still start a server while its processes are being ended.
  for (let round = 0; round < 2; round++) {
    await Promise.all(processesOf(folder, `${mark}=${run}`).map((id) => endProcess(id)));
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Unit and integration tests against the run's services. */
export async function runVitest(
  run: TestRun,
  options: string[],
  signal: AbortSignal,
  more: Record<string, string> = {},
): Promise<Counts> {
  const report = path.join(run.folder, "vitest.json");
  const env: Record<string, string> = {
    ...(await run.environment("unit", "http://localhost:3000")),
    ...more,
  };
  // The engine's own tests start an engine of their own; the packages for it need not be fetched twice.
  if (existsSync(path.join(run.home.engineDir, "root"))) env.STRATA_ENGINE_DIR = run.home.engineDir;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const status = await runTool([tools.vitest, "run", ...reporters, ...options], signal, env);
  return countVitest(report, status);
}
