import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isRunning, processMark, thisProcess, tryLock, withLock } from "./lock.mjs";

const module = fileURLToPath(new URL("lock.mjs", import.meta.url));

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "strata-lock-"));
  file = path.join(folder, "lock");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("work under one lock never overlaps, over several processes", async () => {
  const counter = path.join(folder, "counter");
  writeFileSync(counter, "0");
  // Reading, yielding and writing loses counts as soon as two of them run at once.
  const script = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { withLock } from ${JSON.stringify(module)};
    for (let i = 0; i < 25; i++) await withLock(${JSON.stringify(file)}, { purpose: "count" }, async () => {
      const n = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
      await new Promise(setImmediate);
      writeFileSync(${JSON.stringify(counter)}, String(n + 1));
    });`;
  const exits = Array.from({ length: 4 }, () =>
    once(spawn(process.execPath, ["--input-type=module", "-e", script]), "exit"),
  );
  expect((await Promise.all(exits)).map(([code]) => code)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(counter, "utf8")).toBe("100");
  expect(readdirSync(folder)).toEqual(["counter"]);
});

test("a lock that a living process holds is not given away, and says who has it", async () => {
  const lock = tryLock(file, "first");
  expect(tryLock(file, "second")).toEqual({ held: false, owner: { ...thisProcess(), purpose: "first" } });
  if (lock.held) lock.release();
  expect(tryLock(file, "second").held).toBe(true);
});

test("the lock of a process that was killed is taken over", async () => {
  const script = `
    import { tryLock } from ${JSON.stringify(module)};
    tryLock(${JSON.stringify(file)}, "killed");
    process.stdout.write("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  await once(child.stdout, "data");
  expect(tryLock(file, "too early").held).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(tryLock(file, "now").held).toBe(true);
});

test("the lock of a dead process is taken over although another process has its pid now", () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, mark: "an earlier life", purpose: "gone" }));
  expect(tryLock(file, "now").held).toBe(true);
});

test("a process that was killed while it took over a stale lock does not block the others", () => {
  const gone = JSON.stringify({ pid: process.pid, mark: "an earlier life", purpose: "gone" });
  writeFileSync(file, gone);
  writeFileSync(`${file}.break`, gone);
  expect(tryLock(file, "now").held).toBe(true);
  expect(existsSync(`${file}.break`)).toBe(false);
});

test("a lock is released when the work fails", async () => {
  const work = withLock(file, { purpose: "fails" }, () => Promise.reject(new Error("no")));
  await expect(work).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("waiting for a lock ends with the signal", async () => {
  tryLock(file, "held");
  const controller = new AbortController();
  const waiting = withLock(file, { purpose: "waits", signal: controller.signal }, () => "never");
  controller.abort();
  await expect(waiting).rejects.toThrow(/abort/);
});

test("a process is itself only while it lives", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const id = { pid: child.pid ?? 0, mark: processMark(child.pid ?? 0) ?? "" };
  expect(isRunning(id)).toBe(true);
  expect(isRunning({ ...id, mark: "another life" })).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isRunning(id)).toBe(false);
});
