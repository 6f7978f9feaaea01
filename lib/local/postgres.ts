import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { SystemUser } from "./documentdb/identity";
import { codeOf, Failure, reasonOf } from "./failure";
import type { Home } from "./home";
import { choosePort } from "./ports";
import { postgresFiles } from "./postgres-binaries";
import { commandLine, endProcess, exitOf, identify, startProcess } from "./processes";
import type { RunningService } from "./service";
import { type ProcessId, readState, updateState } from "./state";

const superuser = "strata";
const startWithinMs = 60_000;

export type RunningPostgres = RunningService & {
  /** Address of one database of this server. */
  url(database: string): string;
};

/** Starts PostgreSQL on this profile's data, or takes over the one that already serves it. Callers hold the lock. */
export async function startPostgres(home: Home, signal: AbortSignal): Promise<RunningPostgres> {
  const dataDir = path.join(home.dir, "postgres");
  const server: Server = {
    home,
    dataDir,
    native: postgresFiles(path.dirname(home.dir), home.user),
    user: ownerOf(dataDir, home.user),
  };
  if (!existsSync(dataDir)) await createCluster(server);

  const running = await takeOver(server, signal);
  if (running) return running;
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline) {
    const port = await choosePort(readState(home.dir).ports.postgres);
    const logged = statSync(logOf(home), { throwIfNoEntry: false })?.size ?? 0;
    try {
      const started = await launch(server, port, signal);
      if (started) return started;
    } catch (error) {
      if (codeOf(error) !== wrongPassword) throw error;
      resetPassword(server);
      continue;
    }
    const reason = readFileSync(logOf(home), "utf8").slice(logged);
    // Somebody else took the port between the choice and the start.
    if (/could not bind|could not create any TCP/.test(reason)) rememberPort(home, undefined);
    // The processes of a server that was killed are about to notice; until then they may still write.
    else if (/pre-existing shared memory/.test(reason)) await delay(100, undefined, { signal });
    else break;
  }
  throw startFailure(server);
}

type Server = { home: Home; dataDir: string; native: string; user: SystemUser | null };

/** Data that an ordinary user made before is served as that user, also when root starts the server now. */
function ownerOf(dataDir: string, user: SystemUser | null): SystemUser | null {
  const owner = user && statSync(dataDir, { throwIfNoEntry: false });
  if (!user || !owner || owner.uid === 0 || owner.uid === user.uid) return user;
  return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
}

/** Built aside and renamed: a cluster that exists is a complete one, wherever its making was killed. */
async function createCluster({ home, dataDir, native, user }: Server): Promise<void> {
  const part = `${dataDir}.part`;
  const passwordFile = path.join(home.dir, `initdb-${randomBytes(6).toString("hex")}`);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { mode: 0o700 });
  writeFileSync(passwordFile, `${readState(home.dir).postgresPassword}\n`, { mode: 0o600 });
  if (user) for (const target of [part, passwordFile]) chownSync(target, user.uid, user.gid);
  const log = path.join(home.dir, "logs", "initdb.log");
  const options = [
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ];
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    const child = startProcess(
      path.join(native, "bin", "initdb"),
      ["-D", part, "-U", superuser, ...options, ...locale],
      { user, cwd: part, output: { log } },
    );
    if ((await exitOf(child)) !== 0) {
      throw new Failure(`PostgreSQL could not create its data folder; ${log} says why.`, adviceFor(log));
    }
    renameSync(part, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(part, { recursive: true, force: true });
  }
}

async function launch(server: Server, port: number, signal: AbortSignal): Promise<RunningPostgres | null> {
  const { home, dataDir, native, user } = server;
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    wal_level: "logical",
    max_connections: "200",
    max_slot_wal_keep_size: "1GB",
    // Tests write databases that live for seconds; losing one with the machine (not with the server) is no loss.
    ...(home.profile === "local" ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  const child = startProcess(
    path.join(native, "bin", "postgres"),
    ["-D", dataDir, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { user, cwd: dataDir, output: { log: logOf(home) } },
  );
  child.unref();
  const id = child.pid === undefined ? undefined : identify(child.pid);
  const failed = new Promise<Error | null>((resolve) => {
    child.once("error", resolve);
    child.once("exit", () => resolve(null));
  });
  const ready = await Promise.race([failed, waitUntilServing(server, port, id, signal)]).catch(
    async (error: unknown) => {
      if (id) await stopPostgres(id);
      throw error;
    },
  );
  if (ready instanceof Error) throw ready;
  if (ready === null || !id) return null;
  rememberPort(home, port);
  return asRunning(server, id, port, ready, false);
}

/**
 * The postmaster of this data folder, when one lives: a killed supervisor leaves it running. Its pid file may also
 * name a process that has nothing to do with us, because pids are used again; that one is never touched.
 */
async function takeOver(server: Server, signal: AbortSignal): Promise<RunningPostgres | null> {
  const pidFile = path.join(server.dataDir, "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(lines[0]);
  const id = identify(pid);
  if (!id || !commandLine(pid).includes(`-D ${server.dataDir} `)) {
    // PostgreSQL would refuse to start while any process has that pid, be it a foreign one or the unreaped entry of
    // its own predecessor. Only the pid is made one that cannot exist: the shared-memory line stays, by which
    // PostgreSQL makes sure that no orphaned backend still writes to this data.
    writeFileSync(pidFile, ["99999999", ...lines.slice(1)].join("\n"));
    return null;
  }
  const port = Number(lines[3]);
  const version = await waitUntilServing(server, port, id, signal).catch(async (error: unknown) => {
    signal.throwIfAborted();
    if (codeOf(error) === wrongPassword) return null;
    throw error;
  });
  if (version === null) {
    await stopPostgres(id);
    return null;
  }
  rememberPort(server.home, port);
  return asRunning(server, id, port, version, true);
}

const wrongPassword = "28P01";

/** Waits for an answer that can only come from a server on this data folder; gives its version. */
async function waitUntilServing(
  server: Server,
  port: number,
  id: ProcessId | undefined,
  signal: AbortSignal,
): Promise<string | null> {
  const deadline = performance.now() + startWithinMs;
  for (;;) {
    signal.throwIfAborted();
    const client = new Client({
      connectionString: urlOf(server.home, port, "postgres"),
      connectionTimeoutMillis: 2_000,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ folder: string; version: string }>(
        "select current_setting('data_directory') as folder, split_part(current_setting('server_version'), ' ', 1) as version",
      );
      const [row] = rows;
      return row && row.folder === server.dataDir ? row.version : null;
    } catch (error) {
      if (codeOf(error) === wrongPassword) throw error;
      if (id && !identify(id.pid)) return null;
      if (performance.now() > deadline) throw startFailure(server, error);
    } finally {
      await client.end().catch(() => {});
    }
    await delay(30);
  }
}

function asRunning(
  server: Server,
  id: ProcessId,
  port: number,
  version: string,
  reused: boolean,
): RunningPostgres {
  return {
    name: `PostgreSQL ${version}`,
    where: `127.0.0.1:${port}`,
    reused,
    id,
    url: (database) => urlOf(server.home, port, database),
    stop: () => stopPostgres(id),
  };
}

/** The state file was lost or replaced while the data stayed: the owner of the data gives it the password of now. */
function resetPassword({ home, dataDir, native, user }: Server): void {
  const { status } = spawnSync(
    path.join(native, "bin", "postgres"),
    ["--single", "-D", dataDir, "postgres"],
    {
      input: `alter role ${superuser} password '${readState(home.dir).postgresPassword}'\n`,
      cwd: dataDir,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    },
  );
  if (status !== 0)
    throw new Failure(
      `The data in ${dataDir} has a password that is not known any more.`,
      `Remove ${home.dir} to start afresh.`,
    );
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes a checkpoint and leaves nothing to recover. */
async function stopPostgres(id: ProcessId): Promise<void> {
  await endProcess(id, { signal: "SIGINT", graceMs: 15_000 });
}

function urlOf(home: Home, port: number, database: string): string {
  return `postgres://${superuser}:${readState(home.dir).postgresPassword}@127.0.0.1:${port}/${database}`;
}

function rememberPort(home: Home, postgres: number | undefined): void {
  const { ports } = readState(home.dir);
  if (ports.postgres !== postgres) updateState(home.dir, { ports: { ...ports, postgres } });
}

const logOf = (home: Home) => path.join(home.dir, "logs", "postgres.log");

function startFailure({ home }: Server, cause?: unknown): Failure {
  const log = logOf(home);
  const reason = cause ? ` (${reasonOf(cause)})` : "";
  return new Failure(`PostgreSQL did not start${reason}; ${log} says why.`, adviceFor(log), { cause });
}

function adviceFor(log: string): string {
  const end = existsSync(log) ? readFileSync(log, "utf8").slice(-4_000) : "";
  if (/No space left/.test(end)) return "Free some space on the disk and run the same command again.";
  if (/shared libraries/.test(end))
    return "Run `npm rebuild` (its packages need their install scripts), then the same command again.";
  if (/look up effective user/.test(end))
    return "PostgreSQL needs a user that /etc/passwd knows: run as one, or set DATABASE_URL.";
  return "Set DATABASE_URL to use another PostgreSQL 18, or mend what the log names and run the same command again.";
}
