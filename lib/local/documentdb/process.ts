import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { SystemUser } from "./identity";

export type RunOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: SystemUser | null;
  /** Lines of file descriptor 3, where apt reports its progress. */
  onStatus?: (line: string) => void;
};

export type RunResult = { status: number | null; stdout: string; stderr: string };

/** Runs a program to its end; never through a shell. */
export async function run(program: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    ...(options.user ? { uid: options.user.uid, gid: options.user.gid } : {}),
  });
  const texts = ["", ""];
  [child.stdout, child.stderr].forEach((stream, index) => {
    stream?.on("data", (chunk) => {
      texts[index] += String(chunk);
    });
  });
  let partial = "";
  child.stdio[3]?.on("data", (chunk) => {
    const lines = (partial + String(chunk)).split("\n");
    partial = lines.pop() ?? "";
    for (const line of lines) options.onStatus?.(line);
  });
  const [status] = await once(child, "close");
  return { status, stdout: texts[0] ?? "", stderr: texts[1] ?? "" };
}

/** The program's path, or null when it is not installed. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const candidate = path.join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not here, or not a program: the next folder of the path.
    }
  }
  return null;
}

/**
 * Runs `work` while holding an exclusive lock on `file`. The lock belongs to a child that holds it as long as its
 * standard input is open, so it ends with this process in whatever way this process ends: no lock can be left behind.
 */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(path.dirname(file), { recursive: true });
  const holder = spawn("flock", ["--exclusive", file, "sh", "-c", "echo locked; exec cat"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const failed = once(holder, "exit").then(() => Promise.reject(new Error(`cannot lock ${file}`)));
  failed.catch(() => {});
  await Promise.race([once(holder.stdout, "data"), failed]);
  try {
    return await work();
  } finally {
    holder.stdin.end();
  }
}

/** The arguments of a live process; null for one that is gone, a zombie, or not ours to look at. */
export function processArguments(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return text ? text.split("\0") : null;
  } catch {
    return null;
  }
}
