import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

const module = fileURLToPath(new URL("process-group.ts", import.meta.url));

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A worker of its own that runs a program; the program starts another one and both say their pids. */
function workerOf(program: string) {
  const script = `
    const { runInGroup } = require(${JSON.stringify(module)});
    const plan = { file: process.execPath, args: ["-e", ${JSON.stringify(program)}], cwd: "/", env: { PATH: process.env.PATH } };
    runInGroup(plan, {
      signal: new AbortController().signal,
      onOutput: async (_, bytes) => void process.stdout.write(bytes),
    });`;
  return spawn(process.execPath, ["--import", "tsx", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("what a program started ends when its worker is killed", async () => {
  const worker = workerOf(`
    const { spawn } = require("node:child_process");
    const other = spawn("sleep", ["600"]);
    console.log(process.pid + " " + other.pid);
    setInterval(() => {}, 1000);`);
  const [said] = await once(worker.stdout, "data");
  const pids = String(said).trim().split(" ").map(Number);
  expect(pids.map(isAlive)).toEqual([true, true]);
  worker.kill("SIGKILL");
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), { timeout: 5_000 });
});
