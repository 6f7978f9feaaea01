import { spawn } from "node:child_process";
import { closeSync, existsSync, fchownSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import type { DataDir } from "./data-dir";
import { processArguments } from "./process";
import type { EngineFiles } from "./types";

const SHUTDOWN_MS = 20_000;
const pidFile = (dir: DataDir) => path.join(dir.cluster, "postmaster.pid");

type Postmaster = { pid: number; port: number; ready: boolean };

/**
 * The PostgreSQL that serves this directory now. A pid file alone proves nothing: after a crash the number may belong
 * to anybody, so the process has to have been started on this very directory.
 */
export function livePostmaster(dir: DataDir): Postmaster | null {
  const lines = readPidFile(dir);
  const pid = Number(lines?.[0]);
  const started = pid > 0 ? processArguments(pid) : null;
  if (!started?.includes(dir.cluster)) return null;
  return { pid, port: Number(lines?.[3]), ready: lines?.[7]?.trim() === "ready" };
}

/** Whether the last PostgreSQL of this directory ended without taking its leave. */
export function hasCrashed(dir: DataDir): boolean {
  return readPidFile(dir) !== null && livePostmaster(dir) === null;
}

/** PostgreSQL refuses to start when the number in a stale pid file belongs to any live process of its user. */
export function clearStalePidFile(dir: DataDir): void {
  if (hasCrashed(dir)) rmSync(pidFile(dir), { force: true });
}

function readPidFile(dir: DataDir): string[] | null {
  try {
    return readFileSync(pidFile(dir), "utf8").split("\n");
  } catch {
    return null;
  }
}

export type StartedPostmaster = { pid: number; exited: () => boolean };

/** In a process group of its own and with its own log: it outlives this process, and Ctrl-C does not reach it. */
export function spawnPostmaster(files: EngineFiles, dir: DataDir): StartedPostmaster {
  // The log of the run before stays, because a restart after a crash would otherwise destroy the evidence.
  if (existsSync(dir.log)) renameSync(dir.log, `${dir.log}.1`);
  const log = openSync(dir.log, "w", 0o600);
  if (dir.user) fchownSync(log, dir.user.uid, dir.user.gid);
  const child = spawn(path.join(files.binDir, "postgres"), ["-D", dir.cluster], {
    cwd: dir.path,
    env: engineEnvironment(dir),
    detached: true,
    stdio: ["ignore", log, log],
    ...(dir.user ? { uid: dir.user.uid, gid: dir.user.gid } : {}),
  });
  closeSync(log);
  let over = false;
  child.on("exit", () => {
    over = true;
  });
  child.on("error", () => {
    over = true;
  });
  child.unref();
  return { pid: child.pid ?? 0, exited: () => over };
}

/** Nothing of the caller's environment: PG* variables and locales would change how PostgreSQL behaves. */
export function engineEnvironment(dir: DataDir): NodeJS.ProcessEnv {
  return {
    NODE_ENV: "development",
    PATH: process.env.PATH,
    LC_ALL: "C",
    TZ: "UTC",
    PGPASSFILE: dir.passFile,
  };
}

/** Asks for a fast shutdown (open transactions are rolled back) and insists when that takes too long. */
export async function stopPostmaster(dir: DataDir): Promise<void> {
  const started = Date.now();
  for (let signal: NodeJS.Signals | null = "SIGINT"; ; ) {
    const running = livePostmaster(dir);
    if (!running) return;
    if (signal) process.kill(running.pid, signal);
    signal = null;
    if (Date.now() - started > SHUTDOWN_MS) signal = "SIGQUIT";
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
