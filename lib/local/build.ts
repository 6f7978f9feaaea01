import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import path from "node:path";
import { Failure } from "./failure";
import { projectRoot } from "./home";
import { withLock } from "./lock.mjs";
import { processLines } from "./processes";
import { say, step } from "./progress";

/** What no build is made from. `lib/local` runs beside the app and is never part of it. */
const notSources = new Set([
  ...[
    "node_modules",
    ".next",
    ".strata",
    ".git",
    ".ci",
    ".github",
    "e2e",
    "docs",
    "test-results",
    "playwright-report",
  ],
  ...["coverage", "next-env.d.ts", "README.md", "LICENSE", "compose.yaml", "Dockerfile"],
  ...["lib/local", "lib/bench", "lib/faults", "lib/testing"],
]);
const keptBuilds = 3;

/**
 * The production build of the sources as they are now, made unless it is there. Each build is a folder of its own, so
 * that making the next one never pulls files from under a server that runs.
 */
export async function productionBuild(base: string, signal: AbortSignal): Promise<string> {
  const builds = path.join(base, "builds");
  const fingerprint = fingerprintSources();
  const target = path.join(builds, fingerprint);
  const onWait = ({ pid }: { pid: number }) =>
    say(`Waiting for process ${pid}, which makes the production build.`);
  await withLock(path.join(base, "build.lock"), { purpose: "next build", onWait, signal }, async () => {
    if (existsSync(target)) say("Production build: up to date with the sources");
    else await step("Production build", (note) => build(target, note, signal));
  });
  const now = new Date();
  utimesSync(target, now, now);
  removeOld(builds);
  return target;
}

async function build(target: string, note: (text: string) => void, signal: AbortSignal): Promise<void> {
  const lines: string[] = [];
  // TypeScript 7.0 keeps errors of another file there that are long mended, and the build would go on failing.
  rmSync(path.join(projectRoot, ".next", "cache", ".tsbuildinfo"), { force: true });
  const next = path.join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const status = await processLines(process.execPath, [next, "build"], {
    signal,
    silenceMs: 15 * 60_000,
    env: { ...process.env, NODE_ENV: "production" },
    onLine: (line) => {
      lines.push(line);
      note(line);
    },
    onSilence: () => lines.push("It said nothing for 15 minutes and was ended."),
  });
  if (status !== 0) {
    throw new Failure(
      `The production build failed:\n${lines.slice(-40).join("\n")}`,
      "Mend what it names, then run the same command again.",
    );
  }
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(path.dirname(part), { recursive: true });
  const made = path.join(projectRoot, ".next");
  cpSync(path.join(made, "standalone"), part, { recursive: true, verbatimSymlinks: true });
  // The standalone folder leaves out what a CDN could serve.
  cpSync(path.join(made, "static"), path.join(part, ".next", "static"), { recursive: true });
  const assets = path.join(projectRoot, "public");
  if (existsSync(assets)) cpSync(assets, path.join(part, "public"), { recursive: true });
  renameSync(part, target);
}

/** A hash over every file that goes into a build, and the Node that makes it. */
export function fingerprintSources(root = projectRoot): string {
  const hash = createHash("sha256").update(process.version);
  const visit = (folder: string) => {
    const entries = readdirSync(path.join(root, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    for (const entry of entries) {
      const name = path.join(folder, entry.name);
      if (notSources.has(name) || /\.(test\.tsx?|tsbuildinfo)$|^\.env|^\.git/.test(entry.name)) continue;
      if (entry.isDirectory()) visit(name);
      else if (entry.isFile()) hash.update(`\0${name}\0`).update(readFileSync(path.join(root, name)));
    }
  };
  visit("");
  return hash.digest("hex").slice(0, 16);
}

function removeOld(builds: string): void {
  const made = readdirSync(builds)
    .filter((name) => !name.endsWith(".part"))
    .map((name) => ({ name, usedAt: statSync(path.join(builds, name)).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { name } of made.slice(keptBuilds))
    rmSync(path.join(builds, name), { recursive: true, force: true });
}
