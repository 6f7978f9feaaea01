import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { workWith } from "@/lib/testing/task-work";
import { processExecutor } from "./process";
import { type ProcessSettings, processSettings } from "./settings";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let directory: string;
let settings: ProcessSettings | null;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "strata-process-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(async () => {
  scope = await memberScope("editor");
  settings = processSettings({
    STRATA_PROCESS_EXECUTOR: true,
    STRATA_PROCESS_ALLOW: `node=${process.execPath},/bin/sh`,
    STRATA_PROCESS_DIR: join(directory, "work"),
    STRATA_PROCESS_ENV: "MODE",
  });
});

/** Runs a program of ours as a workflow would. */
function run(program: string, config: Record<string, unknown> = {}, signal?: AbortSignal) {
  const executorConfig = { command: "node", args: ["-e", program], ...config };
  return workWith(
    processExecutor(() => settings),
    { scope, task: { executorConfig }, signal },
  );
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("both streams come line by line, the result and the files are kept, and the directory is gone", async () => {
  const { outcome, lines, artifacts } = await run(`
    const fs = require("node:fs");
    console.log("one\\ntwo"); console.error("careful"); process.stdout.write("no end of line");
    fs.writeFileSync("result.json", JSON.stringify({ rows: 7 }));
    fs.mkdirSync("artifacts/deep"); fs.writeFileSync("artifacts/deep/out.csv", "a,b\\n");`);
  const of = (stream: string) => lines.filter((line) => line.stream === stream).map(({ message }) => message);
  expect(of("stdout")).toEqual(["one", "two", "no end of line"]);
  expect(of("stderr")).toEqual(["careful"]);
  expect(outcome).toEqual({
    outcome: "succeeded",
    preview: { exitStatus: 0, artifacts: ["deep/out.csv"], result: { rows: 7 } },
  });
  expect(artifacts).toMatchObject([{ name: "deep/out.csv", contentType: "text/csv; charset=utf-8" }]);
  expect(readdirSync(join(directory, "work"))).toEqual([]);
});

test("a status that is not 0 fails the task with the program's last words", async () => {
  const { outcome } = await run(`console.error("disk full"); process.exit(3)`);
  expect(outcome).toMatchObject({
    outcome: "failed",
    errorMessage: "The command ended with status 3. Its last words: disk full",
  });
});

test("finds its task in a file, and in the environment nothing of the worker's", async () => {
  vi.stubEnv("STRATA_SECRET_FOR_TEST", "secret");
  const { outcome } = await run(
    `const fs = require("node:fs");
     const { task, config } = JSON.parse(fs.readFileSync(process.env.STRATA_TASK_FILE, "utf8"));
     const names = Object.keys(process.env).sort();
     fs.writeFileSync("result.json", JSON.stringify({ task: task.nodeId, extra: config.extra, names, here: process.cwd() === process.env.HOME }))`,
    { extra: 5, env: { INPUT_SIZE: "3", MODE: "fast" } },
  );
  vi.unstubAllEnvs();
  expect(outcome.preview?.result).toEqual({
    task: "node-1",
    extra: 5,
    names: ["HOME", "INPUT_SIZE", "LANG", "MODE", "PATH", "STRATA_TASK_FILE", "TMPDIR"],
    here: true,
  });
});

test("no shell stands between: arguments are handed over as they are", async () => {
  const args = [
    "-e",
    "console.log(process.argv.slice(1).join('|'))",
    "--",
    "$(id)",
    "a b",
    "; rm -rf /",
    "{{run.id}}",
  ];
  const { lines } = await run("", { args });
  expect(lines).toContainEqual({ stream: "stdout", message: "$(id)|a b|; rm -rf /|run-1" });
});

test("only programs on the operator's list run, and without one none", async () => {
  await expect(run("", { command: "/bin/ls" })).rejects.toThrow("not among the commands");
  await expect(run("", { command: "ls" })).rejects.toThrow("not among the commands");
  settings = null;
  await expect(run("1")).rejects.toThrow("has not allowed them");
  expect(processSettings({ STRATA_PROCESS_DIR: "/srv/work", STRATA_PROCESS_ALLOW: "/bin/sh" })).toBeNull();
});

test("variables that change what a program loads are refused", async () => {
  for (const name of ["LD_PRELOAD", "NODE_OPTIONS", "PATH", "PYTHONPATH"])
    await expect(run("1", { env: { [name]: "x" } })).rejects.toThrow(`${name} may not be set`);
});

test("a program that writes without end is ended", async () => {
  const endless = run(
    "const fill = () => { while (process.stdout.write('x'.repeat(65536) + '\\n')); process.stdout.once('drain', fill); }; fill()",
    {
      maxOutputBytes: 1_000_000,
    },
  );
  await expect(endless).rejects.toThrow("maxOutputBytes");
});

test("a cancellation ends the program and all that it started, also what ignores being asked", async () => {
  const stop = new AbortController();
  const pids = join(directory, "pids");
  const running = run(
    `const { spawn } = require("node:child_process"); const fs = require("node:fs");
     process.on("SIGTERM", () => {});
     const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
     fs.writeFileSync(${JSON.stringify(pids)}, process.pid + " " + child.pid);
     setInterval(() => {}, 1000)`,
    {},
    stop.signal,
  );
  const ended = expect(running).rejects.toThrow("no longer wanted");
  await vi.waitUntil(() => existsSync(pids), { timeout: 20_000 });
  const [parent = 0, child = 0] = (await vi.waitUntil(() => readFile(pids, "utf8"))).split(" ").map(Number);
  expect([isAlive(parent), isAlive(child)]).toEqual([true, true]);
  stop.abort(new Error("no longer wanted"));
  await ended;
  await vi.waitUntil(() => !isAlive(parent) && !isAlive(child), { timeout: 10_000 });
});

test("what a program leaves running behind its back ends with it", async () => {
  const { outcome } = await run(
    `const { spawn } = require("node:child_process"); const fs = require("node:fs");
     const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
     fs.writeFileSync("result.json", JSON.stringify({ pid: child.pid })); child.unref()`,
  );
  const { pid } = Object(outcome.preview?.result);
  await vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 });
});

test("a link in the folder of outputs does not make the worker read for the program what it may not", async () => {
  await writeFile(join(directory, "secret"), "secret");
  const { artifacts } = await run(
    `const fs = require("node:fs"); fs.symlinkSync(${JSON.stringify(join(directory, "secret"))}, "artifacts/a.txt");
     fs.symlinkSync(${JSON.stringify(directory)}, "artifacts/folder"); fs.writeFileSync("artifacts/own.txt", "mine")`,
  );
  expect(artifacts.map(({ name }) => name)).toEqual(["own.txt"]);
});

test("a program that does not exist fails the task, not the worker", async () => {
  settings = processSettings({
    STRATA_PROCESS_EXECUTOR: true,
    STRATA_PROCESS_ALLOW: "gone=/nowhere/at/all",
    STRATA_PROCESS_DIR: join(directory, "work"),
  });
  await expect(run("", { command: "gone" })).rejects.toThrow("ENOENT");
});
