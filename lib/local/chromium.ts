import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure";
import { projectRoot } from "./home";
import { processLines } from "./processes";
import { type Note, say, step } from "./progress";

const debianChromium = "/usr/bin/chromium";

/**
 * A Chromium for Playwright: Debian's where it is installed or root can install it, Playwright's own elsewhere. Gives
 * the executable's path, or null for the one that Playwright finds by itself.
 */
export async function findChromium(signal: AbortSignal): Promise<string | null> {
  const named = process.env.PW_CHROMIUM;
  if (named) {
    if (!existsSync(named))
      throw new Failure(`PW_CHROMIUM=${named} does not exist.`, "Name a Chromium that is installed.");
    return named;
  }
  if (existsSync(debianChromium)) return debianChromium;
  const { chromium } = await import("playwright");
  if (existsSync(chromium.executablePath())) return null;

  if (process.getuid?.() === 0 && isDebian()) {
    const installed = await step("Chromium from Debian's packages", (note) => aptInstall(note, signal));
    if (installed && existsSync(debianChromium)) return debianChromium;
    say("apt-get could not install it; trying Playwright's own.");
  }
  const cli = path.join(projectRoot, "node_modules", "playwright", "cli.js");
  const status = await step("Chromium from Playwright", (note) =>
    runQuietly(process.execPath, [cli, "install", "chromium"], note, signal),
  );
  if (status === 0 && existsSync(chromium.executablePath())) return null;
  throw new Failure(
    "There is no Chromium for the end-to-end tests, and downloading one failed.",
    "Install one (on Debian: `sudo apt-get install chromium`) or give its path as PW_CHROMIUM.",
  );
}

function isDebian(): boolean {
  return existsSync("/usr/bin/apt-get") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

async function aptInstall(note: Note, signal: AbortSignal): Promise<boolean> {
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  if ((await runQuietly("apt-get", install, note, signal)) === 0) return true;
  // The package index of a fresh machine is empty or old.
  await runQuietly("apt-get", ["update"], note, signal);
  return (await runQuietly("apt-get", install, note, signal)) === 0;
}

function runQuietly(command: string, args: string[], note: Note, signal: AbortSignal): Promise<number> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return processLines(command, args, { env, signal, silenceMs: 120_000, onLine: note, onSilence: () => {} });
}
