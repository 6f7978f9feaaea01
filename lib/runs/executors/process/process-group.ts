import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export interface ProcessPlan {
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

export interface ProcessEnd {
  status: number | null;
  signal: NodeJS.Signals | null;
}

interface Watch {
  signal: AbortSignal;
  /** Bytes as they come; the stream waits for what it returns. */
  onOutput: (stream: "stdout" | "stderr", bytes: Buffer) => Promise<void>;
}

const killAfterMs = 3_000;

/**
 * Runs a program without a shell, as the leader of a group of its own. When the signal is aborted, and in any case when the program
 * has ended, the whole group is ended: nothing that it started outlives its task. When the worker itself is killed, a guard ends
 * the group: its task is given to another worker then, and two of the same program would write to the same places.
 */
export async function runInGroup(plan: ProcessPlan, { signal, onOutput }: Watch): Promise<ProcessEnd> {
  signal.throwIfAborted();
  const { file, args, cwd, env } = plan;
  // NODE_ENV is added by a type of the framework only; the program sees what is named here and nothing else.
  const child = spawn(file, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const guard = guardGroup(child);
  const onAbort = () => void endGroup(child);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const reading = (["stdout", "stderr"] as const).map(async (name) => {
      for await (const bytes of child[name] ?? []) await onOutput(name, bytes);
    });
    const ending = once(child, "exit").then(async ([status, killedBy]): Promise<ProcessEnd> => {
      // Whoever of the group still holds the pipes would keep them open.
      await endGroup(child);
      return { status, signal: killedBy };
    });
    const [end] = await Promise.all([ending, ...reading]);
    signal.throwIfAborted();
    return end;
  } finally {
    signal.removeEventListener("abort", onAbort);
    await endGroup(child);
    guard?.kill("SIGKILL");
  }
}

/** Waits for the end of what this process writes to it, which is nothing: the pipe ends when this process does. */
function guardGroup({ pid }: ChildProcess): ChildProcess | null {
  if (pid === undefined) return null;
  const guard = spawn("/bin/sh", ["-c", 'read -r _; kill -s KILL -- "-$1"', "guard", String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", (error) => console.error("A program runs without a guard over its group:", error));
  return guard;
}

/** Asks the group to end, and ends it when it does not. */
async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined || !signalGroup(pid, "SIGTERM")) return;
  for (let waited = 0; waited < killAfterMs; waited += 50) {
    await sleep(50);
    if (!signalGroup(pid, 0)) return;
  }
  signalGroup(pid, "SIGKILL");
}

/** False when nobody of the group is left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
