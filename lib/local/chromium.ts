import { existsSync, readFileSync } from "node:fs";
import { Failure } from "./failure";
import { processLines } from "./processes";
import { type Note, say, step } from "./progress";
import { tools } from "./proof";

const debianChromium = "/usr/bin/chromium";

/**
 * Makes sure that Playwright has a Chromium: Debian's where it is installed or root can install it, Playwright's own
 * elsewhere. e2e/playwright.config.ts looks in the same order.
 */
export async function ensureChromium(signal: AbortSignal): Promise<void> {
  const { chromium } = await import("playwright");
  const present = () => existsSync(debianChromium) || existsSync(chromium.executablePath());
  if (present()) return;
  if (process.getuid?.() === 0 && isDebian()) {
    await step("Chromium from Debian's packages", (note) => aptInstall(note, signal));
    if (present()) return;
    say("apt-get could not install it; trying Playwright's own.");
  }
  await step("Chromium from Playwright", (note) =>
    runQuietly(process.execPath, [tools.playwright, "install", "chromium"], note, signal),
  );
  if (present()) return;
  throw new Failure(
    "There is no Chromium for the end-to-end tests, and none could be installed.",
    "Install one (on Debian: `sudo apt-get install chromium`; elsewhere `npx playwright install chromium`).",
  );
}

function isDebian(): boolean {
  return existsSync("/usr/bin/apt-get") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

async function aptInstall(note: Note, signal: AbortSignal): Promise<void> {
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  if ((await runQuietly("apt-get", install, note, signal)) === 0) return;
  // The package index of a fresh machine is empty or old.
  await runQuietly("apt-get", ["update"], note, signal);
  await runQuietly("apt-get", install, note, signal);
}

function runQuietly(command: string, args: string[], note: Note, signal: AbortSignal): Promise<number> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return processLines(command, args, { env, signal, silenceMs: 120_000, onLine: note, onSilence: () => {} });
}
