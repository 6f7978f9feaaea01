import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { endProcess, identify } from "./processes";
import type { ProcessId } from "./state";

/** The words of a running process's command line, to recognise one of ours; empty when it cannot be read. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === "linux")
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/**
 * What a run started, however far it detached itself: every process that was started on something in this folder, or
 * that carries this mark in its environment.
 */
export function processesOf(folder: string, mark: string): ProcessId[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandLine(Number(pid)).includes(folder) || environmentOf(pid).includes(mark))
    .flatMap((pid) => identify(Number(pid)) ?? []);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

/**
 * Ends the helpers that other modules started in our own process group (apt-get, for example) and that nobody waits for
 * any more. Servers have groups of their own and are not meant.
 */
export async function endHelpers(): Promise<void> {
  if (process.platform !== "linux") return;
  const all = readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? parentAndGroup(Number(name)) : [],
  );
  const group = all.find(({ pid }) => pid === process.pid)?.group;
  const ours = new Set([process.pid]);
  // Parents usually have the smaller pid but need not: look until nothing new is found.
  for (let size = 0; size !== ours.size; ) {
    size = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const helpers = all.filter(({ pid, group: its }) => pid !== process.pid && ours.has(pid) && its === group);
  await Promise.all(helpers.map(({ pid }) => endProcess(identify(pid), { graceMs: 2_000 })));
}

function parentAndGroup(pid: number): { pid: number; parent: number; group: number }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ pid, parent: Number(parent), group: Number(group) }];
  } catch {
    return [];
  }
}
