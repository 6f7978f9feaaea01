import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installExtensions } from "./compatibility";
import {
  claimDataDir,
  type DataDir,
  dataDirAt,
  enginePassword,
  readEngineRecord,
  refuseForeign,
  unreachable,
  writeEngineRecord,
} from "./data-dir";
import { reachableBy } from "./identity";
import { PgConnection, PgConnectionLost } from "./pgwire";
import {
  clearStalePidFile,
  engineEnvironment,
  hasCrashed,
  livePostmaster,
  type StartedPostmaster,
  spawnPostmaster,
  stopPostmaster,
} from "./postmaster";
import { run, withLock } from "./process";
import { refuseProduction } from "./production";
import { engineSettings } from "./settings";
import { type Durability, EngineError, type EngineFiles, type RunningEngine } from "./types";

export type EngineOptions = { files: EngineFiles; dataDir: string; port: number; durability: Durability };

const READY_MS = 60_000;
const POLL_MS = 25;

/** Starts the engine's PostgreSQL on `dataDir`, or takes over the one that already serves it. */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  refuseProduction();
  const dir = dataDirAt(options.dataDir);
  if (dir.user && !reachableBy(dir.user.uid, options.files.root))
    throw unreachable(dir.user, options.files.root);
  refuseForeign(dir);
  return withLock(dir.lock, async () => {
    claimDataDir(dir);
    const password = enginePassword(dir);
    const running = livePostmaster(dir);
    if (running) {
      await untilReady(dir, password, () => livePostmaster(dir) === null);
      return engineOf(dir, running.pid, running.port, true);
    }
    const { files, port, durability } = options;
    await initialise(files, dir, durability);
    writeFileSync(path.join(dir.cluster, "postgresql.conf"), engineSettings({ port, durability }));
    const pid = await startPostmaster(files, dir, password);
    writeEngineRecord(dir, { ...files, port, durability });
    return engineOf(dir, pid, port, false);
  });
}

/** Starts a crashed engine again as it was; one that was stopped on purpose stays so. */
export async function reviveEngine(dataDir: string): Promise<void> {
  const dir = dataDirAt(dataDir);
  if (livePostmaster(dir)) return;
  if (!hasCrashed(dir)) throw new PgConnectionLost("the document engine was stopped");
  const { port, durability, ...files } = readEngineRecord(dir);
  await startEngine({ files, dataDir, port, durability });
}

function engineOf(dir: DataDir, pid: number, port: number, reused: boolean): RunningEngine {
  return { pid, port, reused, stop: () => withLock(dir.lock, () => stopPostmaster(dir)) };
}

/** Makes PostgreSQL's directory aside and renames it, so that a half-made one is never taken for a whole one. */
async function initialise(files: EngineFiles, dir: DataDir, durability: Durability): Promise<void> {
  if (existsSync(dir.cluster)) {
    const major = readFileSync(path.join(dir.cluster, "PG_VERSION"), "utf8").trim();
    if (major === "18") return;
    throw new EngineError("foreign", `${dir.cluster} was written by PostgreSQL ${major}; this engine is 18`);
  }
  const aside = `${dir.cluster}.part`;
  rmSync(aside, { recursive: true, force: true });
  const { status, stdout, stderr } = await run(
    path.join(files.binDir, "initdb"),
    [
      ...["-D", aside, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${dir.passwordFile}`],
      ...["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      ...(durability === "test" ? ["--no-sync"] : []),
    ],
    { cwd: dir.path, env: engineEnvironment(dir), user: dir.user },
  );
  if (status !== 0) throw new EngineError("start", `initdb failed: ${reasonIn(`${stdout}${stderr}`)}`);
  renameSync(aside, dir.cluster);
}

async function startPostmaster(files: EngineFiles, dir: DataDir, password: string): Promise<number> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    clearStalePidFile(dir);
    const started: StartedPostmaster = spawnPostmaster(files, dir);
    try {
      await untilReady(dir, password, started.exited);
      return started.pid;
    } catch (error) {
      // Processes of a killed postmaster hold its shared memory for a moment longer.
      if (!/pre-existing shared memory block/.test(readLog(dir)) || Date.now() > deadline) {
        await stopPostmaster(dir);
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

/**
 * Waits until PostgreSQL says in its own pid file that it accepts connections (recovery after a crash included), then
 * sees to its extensions. The port alone would not do: a foreign server may answer on it.
 */
async function untilReady(dir: DataDir, password: string, exited: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_MS;
  let running = livePostmaster(dir);
  for (; !running?.ready; running = livePostmaster(dir)) {
    if (exited()) throw new EngineError("start", `PostgreSQL ended: ${reasonIn(readLog(dir))}`);
    if (Date.now() > deadline) {
      throw new EngineError(
        "start",
        `PostgreSQL is not ready after ${READY_MS / 1000} s: ${reasonIn(readLog(dir))}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const login = { port: running.port, user: "postgres", password, database: "postgres" };
  const connection = await PgConnection.connect(login);
  await installExtensions(connection, password).finally(() => connection.close());
}

function readLog(dir: DataDir): string {
  return existsSync(dir.log) ? readFileSync(dir.log, "utf8") : "";
}

/** PostgreSQL says why it ends before it says that it ends. */
function reasonIn(text: string): string {
  const lines = text.trim().split("\n");
  const telling = lines.filter((line) => /FATAL|PANIC|ERROR|could not|error:/.test(line));
  return (telling.length > 0 ? telling : lines).slice(-3).join(" | ");
}
