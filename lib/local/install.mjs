import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";

/**
 * Brings node_modules to what package-lock.json says, by `npm ci`, unless it is there already.
 * @param {string} root
 * @returns {Promise<boolean>} false when npm failed; it has said why, and a line here says what to do
 */
export async function installDependencies(root) {
  if (isInstalled(root)) return true;
  const onWait = (/** @type {import("./lock.mjs").LockOwner} */ owner) =>
    console.log(`Waiting for process ${owner.pid}, which installs the dependencies.`);
  return withLock(join(root, ".strata", "install.lock"), { purpose: "npm ci", onWait }, async () => {
    if (isInstalled(root)) return true;
    const since = Date.now();
    console.log("Dependencies: npm ci (about a minute)");
    const status = await runNpmCi(root);
    if (status === 0) {
      console.log(`Dependencies installed, ${((Date.now() - since) / 1000).toFixed(1)} s`);
      return true;
    }
    console.error(
      `npm ci failed (status ${status}). Its message is above; usually the package registry cannot be reached or the disk is full.\n` +
        "  -> Check `npm ping` and `df -h .`, then run the same command again.",
    );
    return false;
  });
}

/**
 * npm writes node_modules/.package-lock.json as its last act, so a killed install has none; what it lists is what is
 * there. Comparing content instead of a remembered hash also accepts a plain `npm install` and sees an `--omit=dev`.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  const complete = Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || entry.link) return true;
    const found = present[path];
    // Binaries of other platforms stand in the lock file and are rightly not here.
    return found
      ? found.version === entry.version
      : [entry.optional, entry.peer, entry.extraneous].includes(true);
  });
  return complete && Object.keys(present).every((path) => path in wanted);
}

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean, extraneous?: boolean, link?: boolean }} Package
 * @param {string} file
 * @returns {Record<string, Package> | null}
 */
function readPackages(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {string} root
 * @returns {Promise<number>}
 */
function runNpmCi(root) {
  const env = { ...process.env };
  // Somebody's production shell must not make npm leave the build tools out.
  for (const name of ["NODE_ENV", "npm_config_omit", "npm_config_production"]) delete env[name];
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--no-update-notifier"];
  const script = process.env.npm_execpath;
  const [command, all] = script?.endsWith(".js") ? [process.execPath, [script, ...args]] : ["npm", args];
  return new Promise((resolve) => {
    const child = spawn(command, all, {
      cwd: root,
      env,
      stdio: "inherit",
      shell: command === "npm" && process.platform === "win32",
    });
    child.on("error", (error) => {
      console.error(`npm could not be started: ${error.message}`);
      resolve(127);
    });
    child.on("exit", (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}
