import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { codeOf, Failure, reasonOf } from "./failure";
import type { Home } from "./home";
import { choosePort } from "./ports";
import {
  adviceFor,
  type Cluster,
  clusterIn,
  createCluster,
  resetPassword,
  superuser,
} from "./postgres-cluster";
import { commandLine } from "./process-table";
import { endProcess, identify, startProcess } from "./processes";
import type { RunningService } from "./service";
import { type ProcessId, readState, updateState } from "./state";

const startWithinMs = 60_000;

export type RunningPostgres = RunningService & {
  /** Address of one database of this cluster. */
  url(database: string): string;
};

/** Starts PostgreSQL on this profile's data, or takes over the one that already serves it. Callers hold the lock. */
export async function startPostgres(home: Home, signal: AbortSignal): Promise<RunningPostgres> {
  const cluster = clusterIn(home);
  if (!existsSync(cluster.dataDir)) await createCluster(cluster);

  const running = await takeOver(cluster, signal);
  if (running) return running;
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline) {
    const port = await choosePort(readState(home.dir).ports.postgres);
    const logged = statSync(logOf(home), { throwIfNoEntry: false })?.size ?? 0;
    try {
      const started = await launch(cluster, port, signal);
      if (started) return started;
    } catch (error) {
      if (codeOf(error) !== wrongPassword) throw error;
      resetPassword(cluster);
      continue;
    }
    const reason = readFileSync(logOf(home)).subarray(logged).toString();
    // Somebody else took the port between the choice and the start.
    if (/could not bind|could not create any TCP/.test(reason)) rememberPort(home, undefined);
    // The processes of a server that was killed are about to notice; until then they may still write.
    else if (/pre-existing shared memory/.test(reason)) await delay(100, undefined, { signal });
    else break;
  }
  throw startFailure(cluster);
}

async function launch(cluster: Cluster, port: number, signal: AbortSignal): Promise<RunningPostgres | null> {
  const { home, dataDir, native, user } = cluster;
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    wal_level: "logical",
    max_connections: "200",
    max_slot_wal_keep_size: "1GB",
    // Tests write databases that live for seconds; losing one with the machine (not with the cluster) is no loss.
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
  const ready = await Promise.race([failed, waitUntilServing(cluster, port, id, signal)]).catch(
    async (error: unknown) => {
      if (id) await stopPostgres(id);
      throw error;
    },
  );
  if (ready instanceof Error) throw ready;
  if (ready === null || !id) return null;
  rememberPort(home, port);
  return asRunning(cluster, id, port, ready, false);
}

/**
 * The postmaster of this data folder, when one lives: a killed supervisor leaves it running. Its pid file may also
 * name a process that has nothing to do with us, because pids are used again; that one is never touched.
 */
async function takeOver(cluster: Cluster, signal: AbortSignal): Promise<RunningPostgres | null> {
  const pidFile = path.join(cluster.dataDir, "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(lines[0]);
  const id = identify(pid);
  if (!id || !commandLine(pid).includes(`-D ${cluster.dataDir} `)) {
    // PostgreSQL would refuse to start while any process has that pid, be it a foreign one or the unreaped entry of
    // its own predecessor. Only the pid is made one that cannot exist: the shared-memory line stays, by which
    // PostgreSQL makes sure that no orphaned backend still writes to this data.
    writeFileSync(pidFile, ["99999999", ...lines.slice(1)].join("\n"));
    return null;
  }
  const port = Number(lines[3]);
  const version = await waitUntilServing(cluster, port, id, signal).catch(async (error: unknown) => {
    signal.throwIfAborted();
    if (codeOf(error) === wrongPassword) return null;
    throw error;
  });
  if (version === null) {
    await stopPostgres(id);
    return null;
  }
  rememberPort(cluster.home, port);
  return asRunning(cluster, id, port, version, true);
}

const wrongPassword = "28P01";

/** Waits for an answer that can only come from a server on this data folder; gives its version. */
async function waitUntilServing(
  cluster: Cluster,
  port: number,
  id: ProcessId | undefined,
  signal: AbortSignal,
): Promise<string | null> {
  const deadline = performance.now() + startWithinMs;
  for (;;) {
    signal.throwIfAborted();
    const client = new Client({
      connectionString: urlOf(cluster.home, port, "postgres"),
      connectionTimeoutMillis: 2_000,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ folder: string; version: string }>(
        "select current_setting('data_directory') as folder, split_part(current_setting('server_version'), ' ', 1) as version",
      );
      const [row] = rows;
      return row && row.folder === cluster.dataDir ? row.version : null;
    } catch (error) {
      if (codeOf(error) === wrongPassword) throw error;
      if (id && !identify(id.pid)) return null;
      if (performance.now() > deadline) throw startFailure(cluster, error);
    } finally {
      await client.end().catch(() => {});
    }
    await delay(30);
  }
}

function asRunning(
  cluster: Cluster,
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
    url: (database) => urlOf(cluster.home, port, database),
    stop: () => stopPostgres(id),
  };
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

function startFailure({ home }: Cluster, cause?: unknown): Failure {
  const log = logOf(home);
  const reason = cause ? ` (${reasonOf(cause)})` : "";
  return new Failure(`PostgreSQL did not start${reason}; ${log} says why.`, adviceFor(log), { cause });
}
