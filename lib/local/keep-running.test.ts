import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Home, homeIn } from "./home";
import { endLeftovers, type Kept, keepRunning } from "./keep-running";
import { isRunning } from "./lock.mjs";
import { identify, startProcess } from "./processes";
import type { ProcessId } from "./state";
import { testFolder } from "./testing-folder";

let base: string;
let home: Home;
let kept: Kept | undefined;
let lives: ProcessId[];

beforeEach(() => {
  base = testFolder("keep");
  home = homeIn(base, "test");
  lives = [];
});

afterEach(async () => {
  await kept?.stop();
  rmSync(base, { recursive: true, force: true });
});

test("a process that dies is started again", async () => {
  kept = keep("setInterval(() => {}, 1000)");
  process.kill(lives[0]?.pid ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(lives).toHaveLength(2), { timeout: 10_000 });
  expect(isRunning(lives[0])).toBe(false);
  expect(isRunning(lives[1])).toBe(true);
});

test("a process that keeps dying is given up, with its log named", async () => {
  kept = keep("process.exit(3)");
  await expect(kept.gaveUp).rejects.toMatchObject({
    message: expect.stringMatching(/died 5 times in a row \(status 3\); .*some\.log/),
  });
  expect(lives).toHaveLength(5);
});

test("stopping ends the process with everything it started, and does not count as a death", async () => {
  const grandchild = path.join(base, "grandchild");
  kept = keep(`
    const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    require("node:fs").writeFileSync(${JSON.stringify(grandchild)}, String(child.pid));
    setInterval(() => {}, 1000);`);
  const pid = await vi.waitFor(() => Number(readFileSync(grandchild, "utf8") || Number.NaN), {
    timeout: 10_000,
  });
  const both = [lives[0], identify(pid)];
  expect(both.map((id) => isRunning(id))).toEqual([true, true]);
  await kept.stop();
  await vi.waitFor(() => expect(both.map((id) => isRunning(id))).toEqual([false, false]));
  expect(lives).toHaveLength(1);
});

test("what a killed supervisor left running is ended by the next one", async () => {
  // Its record is all that a killed supervisor leaves: this one is not asked to stop the process.
  kept = keep("setInterval(() => {}, 1000)");
  await endLeftovers(home, ["some process"]);
  expect(isRunning(lives[0])).toBe(false);
});

function keep(script: string): Kept {
  const log = path.join(base, "some.log");
  return keepRunning({
    home,
    name: "some process",
    log,
    firstPauseMs: 1,
    start: () => {
      const child = startProcess(process.execPath, ["-e", script], { output: { log } });
      const id = child.pid === undefined ? undefined : identify(child.pid);
      if (id) lives.push(id);
      return child;
    },
  });
}
