import type { ChildProcess } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "./failure";
import type { Home } from "./home";
import { endProcess, identify } from "./processes";
import { say } from "./progress";
import { type ProcessId, processId } from "./state";

const attempts = 5;
/** A process that lived this long was well; what ends it then is a new accident. */
const healthyMs = 60_000;

export type Kept = {
  /** Rejects when the process died too often in a row; never resolves. */
  gaveUp: Promise<never>;
  stop(): Promise<void>;
};

type Options = { home: Home; name: string; log: string; start: () => ChildProcess; firstPauseMs?: number };

/** Keeps one process of ours alive: says when it dies, starts it again with growing pauses, and gives up in the end. */
export function keepRunning({ home, name, log, start, firstPauseMs = 500 }: Options): Kept {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;

  const run = async (): Promise<never> => {
    for (let failures = 0; ; ) {
      const since = performance.now();
      child = start();
      record(home, name, child);
      const how = await endOf(child);
      if (stopping.signal.aborted) return new Promise<never>(() => {});
      failures = performance.now() - since > healthyMs ? 1 : failures + 1;
      if (failures >= attempts) {
        throw new Failure(
          `The ${name} died ${attempts} times in a row (${how}); ${log} says why.`,
          "Mend what the log names, then run the same command again.",
        );
      }
      const pauseMs = firstPauseMs * 2 ** (failures - 1);
      say(`The ${name} has died (${how}); starting it again in ${pauseMs / 1000} s. Its log: ${log}`);
      await delay(pauseMs);
      if (stopping.signal.aborted) return new Promise<never>(() => {});
    }
  };
  const gaveUp = run();
  // Read late or never, depending on who asks first; unread it must not end this process.
  gaveUp.catch(() => {});

  return {
    gaveUp,
    stop: async () => {
      stopping.abort();
      if (child?.pid !== undefined) await endProcess(identify(child.pid), { group: true });
      forget(home, name);
    },
  };
}

/** Ends what a killed supervisor left of these processes. */
export async function endLeftovers(home: Home, names: string[]): Promise<void> {
  for (const name of names) {
    await endProcess(recorded(home, name), { group: true });
    forget(home, name);
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `status ${code}`));
  });
}

/** One file for each name: written without a lock, whoever else is starting services at that moment. */
const fileOf = (home: Home, name: string) => path.join(home.dir, `${name.replaceAll(" ", "-")}.process.json`);

function record(home: Home, name: string, child: ChildProcess): void {
  const id = child.pid === undefined ? undefined : identify(child.pid);
  if (id) writeFileSync(fileOf(home, name), JSON.stringify(id));
}

function recorded(home: Home, name: string): ProcessId | undefined {
  try {
    return processId.parse(JSON.parse(readFileSync(fileOf(home, name), "utf8")));
  } catch {
    return undefined;
  }
}

function forget(home: Home, name: string): void {
  rmSync(fileOf(home, name), { force: true });
}
