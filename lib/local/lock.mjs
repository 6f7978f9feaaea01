// Plain JavaScript because the bootstrap needs it before any package is installed; TypeScript reads the JSDoc types.
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * A process as written to disk. The mark (boot and start time) tells it from a later process that got the same pid.
 * @typedef {{ pid: number, mark: string }} ProcessId
 * @typedef {ProcessId & { purpose: string }} LockOwner
 */

/**
 * What tells this life of the pid from any other; null when there is no such process (or only its unreaped entry).
 * @param {number} pid
 * @returns {string | null}
 */
export function processMark(pid) {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold spaces and parentheses itself, so fields are counted after the last one.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return null;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8)}:${fields[19]}`;
    } catch {
      return null;
    }
  }
  try {
    const options = /** @type {const} */ ({ encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], options).trim();
    return line === "" || line.startsWith("Z") ? null : line.slice(line.indexOf(" ")).trim();
  } catch {
    return null;
  }
}

/** @returns {ProcessId} */
export function thisProcess() {
  return { pid: process.pid, mark: processMark(process.pid) ?? "unknown" };
}

/** @param {ProcessId | null | undefined} id */
export function isRunning(id) {
  return id != null && processMark(id.pid) === id.mark;
}

/**
 * Runs the work while no other process holds the lock, and waits for it before.
 * @template T
 * @param {string} file
 * @param {{ purpose: string, onWait?: (owner: LockOwner) => void, signal?: AbortSignal }} options
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, { purpose, onWait, signal }, work) {
  const since = Date.now();
  let told = false;
  for (;;) {
    const lock = tryLock(file, purpose);
    if (lock.held) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!told && Date.now() - since > 1000) {
      told = true;
      onWait?.(lock.owner);
    }
    await delay(50, undefined, { signal });
  }
}

/**
 * Takes the lock, or says which living process has it. The lock of a process that is gone is taken over.
 * @param {string} file
 * @param {string} purpose
 * @returns {{ held: true, release: () => void } | { held: false, owner: LockOwner }}
 */
export function tryLock(file, purpose) {
  mkdirSync(dirname(file), { recursive: true });
  const me = { ...thisProcess(), purpose };
  for (;;) {
    if (claim(file, me)) return { held: true, release: () => rmSync(file, { force: true }) };
    const owner = readOwner(file);
    if (owner && isRunning(owner)) return { held: false, owner };
    if (owner) breakStale(file, me);
  }
}

/**
 * Hard-linking a finished file makes the lock appear complete or not at all: no reader ever sees an owner half written.
 * @param {string} file
 * @param {LockOwner} me
 */
function claim(file, me) {
  const own = `${file}.${me.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(own, JSON.stringify(me));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Only the holder of a second lock may remove a stale one, and it looks again first: otherwise two processes that
 * both saw the dead owner could remove each other's fresh lock.
 * @param {string} file
 * @param {LockOwner} me
 */
function breakStale(file, me) {
  const breaker = `${file}.break`;
  if (!claim(breaker, me)) {
    const other = readOwner(breaker);
    if (other && !isRunning(other)) rmSync(breaker, { force: true });
    return;
  }
  try {
    const owner = readOwner(file);
    if (owner && !isRunning(owner)) rmSync(file, { force: true });
  } finally {
    rmSync(breaker, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {LockOwner | null} null when the lock went away meanwhile
 */
function readOwner(file) {
  try {
    const owner = JSON.parse(readFileSync(file, "utf8"));
    return { pid: Number(owner.pid), mark: String(owner.mark), purpose: String(owner.purpose) };
  } catch {
    return null;
  }
}
