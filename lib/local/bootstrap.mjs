// The only entry of every npm script. It uses Node alone, so that a fresh clone needs nothing done before it.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Strata needs Node 20.19 or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      "  -> Install a current Node (for example from https://nodejs.org) and run the same command again.",
  );
  process.exit(1);
}

process.chdir(root);
// A reader that went away (`| head`) is noticed by the command itself.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

const { installDependencies } = await import("./install.mjs");
if (!(await installDependencies(root))) process.exit(1);
runCommand(process.argv.slice(2));

/** @param {string[]} args */
function runCommand(args) {
  const cli = fileURLToPath(new URL("cli.ts", import.meta.url));
  const env = { ...process.env };
  // Every child gets the NODE_ENV it needs; one from the shell would turn a test run into production.
  delete env.NODE_ENV;
  env.NEXT_TELEMETRY_DISABLED ??= "1";
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", cli, ...args], {
    cwd: root,
    env,
    // The channel closes when this process is killed outright, and the command then stops its children in order.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  followLauncher(() => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`The command could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === "SIGKILL") {
      console.error(
        "The command was killed. What it left running is found and reused, or stopped, by the next start.",
      );
    }
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 1));
  });
}

/**
 * Under npm this process has a parent that waits for it. When that one is killed outright nobody could press Ctrl-C
 * any more, so it counts as a request to stop. Started directly (a service manager, nohup), a new parent means nothing.
 * @param {() => void} stop
 */
function followLauncher(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const launcher = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    stop();
  }, 1000);
  timer.unref();
}
