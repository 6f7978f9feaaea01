import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, statSync, truncateSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import type { SystemUser } from "./documentdb/identity";
import { codeOf } from "./failure";
import { isRunning, processMark } from "./lock.mjs";
import type { ProcessId } from "./state";

export type SpawnOptions = {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: SystemUser | null;
  /** A log file, or the streams of this command. */
  output: { log: string } | "inherit" | "pipe";
};

/**
 * Starts a child in a process group of its own: Ctrl-C in the terminal reaches only the supervisor, which then ends
 * its children in the right order, and a whole group can be ended at once.
 */
export function startProcess(
  command: string,
  args: string[],
  { env, cwd, user, output }: SpawnOptions,
): ChildProcess {
  const target = typeof output === "string" ? output : openLog(output.log);
  try {
    return spawn(command, args, {
      env: env ?? process.env,
      cwd,
      detached: true,
      stdio: ["ignore", target, target],
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
  } finally {
    if (typeof target === "number") closeSync(target);
  }
}

/** Resolves with the exit status once the child is gone and its output is complete. */
export async function exitOf(child: ChildProcess): Promise<number> {
  const [code, signal] = await once(child, "close");
  return typeof code === "number" ? code : signal ? 128 : 1;
}

export function identify(pid: number): ProcessId | undefined {
  const mark = processMark(pid);
  return mark === null ? undefined : { pid, mark };
}

/** Asks the process, or its whole group, to end, and makes it end when it does not in time. True when it is gone. */
export async function endProcess(
  id: ProcessId | undefined,
  {
    signal = "SIGTERM",
    graceMs = 5_000,
    group = false,
  }: { signal?: NodeJS.Signals; graceMs?: number; group?: boolean } = {},
): Promise<boolean> {
  if (!isRunning(id) || !id) return true;
  sendSignal(id.pid, signal, group);
  if (await hasEnded(id, graceMs)) return true;
  sendSignal(id.pid, "SIGKILL", group);
  return hasEnded(id, 2_000);
}

function sendSignal(pid: number, signal: NodeJS.Signals, group: boolean): void {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

async function hasEnded(id: ProcessId, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isRunning(id)) {
    if (performance.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

const keptLogBytes = 10_485_760;

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > keptLogBytes) truncateSync(file);
  return openSync(file, "a", 0o600);
}

type LineOptions = {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  silenceMs: number;
  onLine(line: string): void;
  onSilence(): void;
};

/** Runs a command and hands over what it prints, line by line; ends it when it falls silent or the signal aborts. */
export async function processLines(command: string, args: string[], options: LineOptions): Promise<number> {
  const { env, signal, silenceMs, onLine, onSilence } = options;
  const child = startProcess(command, args, { env, output: "pipe" });
  const id = child.pid === undefined ? undefined : identify(child.pid);
  const end = () => void endProcess(id, { group: true, graceMs: 1_000 });
  const silence = setTimeout(() => {
    onSilence();
    end();
  }, silenceMs);
  signal.addEventListener("abort", end, { once: true });
  try {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (text) => {
        silence.refresh();
        // A progress line is redrawn with carriage returns.
        const line = text.split("\r").findLast((part) => part.trim() !== "");
        if (line) onLine(line.trim());
      });
    }
    return await exitOf(child);
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
  }
}

/** Runs a command with its output on this terminal; ends its whole group when the signal aborts. */
export async function passThrough(
  command: string,
  args: string[],
  { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<number> {
  signal.throwIfAborted();
  const child = startProcess(command, args, { env, output: "inherit" });
  const id = child.pid === undefined ? undefined : identify(child.pid);
  const end = () => void endProcess(id, { group: true });
  signal.addEventListener("abort", end, { once: true });
  try {
    return await exitOf(child);
  } finally {
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
  }
}
