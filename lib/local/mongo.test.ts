import { once } from "node:events";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findMongod, versionOf } from "./mongod";
import { downloadMongod } from "./mongod-download";
import { processesOf } from "./process-table";
import { testFolder } from "./testing-folder";

let folder: string;

beforeEach(() => {
  folder = testFolder("mongo");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("the first mongod on PATH is the one that counts", () => {
  const first = program("a", "exit 0");
  program("b", "exit 0");
  vi.stubEnv("PATH", [folder, path.join(folder, "a"), path.join(folder, "b")].join(path.delimiter));
  expect(findMongod()).toBe(first);
  vi.stubEnv("PATH", folder);
  expect(findMongod()).toBeNull();
});

test("a mongod that is too old, broken, or no mongod at all is refused with the reason", () => {
  expect(versionOf(program("new", "echo 'db version v8.0.4'"))).toEqual({ version: "8.0.4" });
  expect(versionOf(program("old", "echo 'db version v4.4.1'"))).toEqual({
    reason: expect.stringMatching(/older than MongoDB 6/),
  });
  expect(versionOf(program("broken", "exit 127"))).toEqual({
    reason: expect.stringMatching(/gives no version/),
  });
});

test("a download from a network that never answers ends in bounded time and leaves no process", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  for (const name of ["https_proxy", "http_proxy", "HTTPS_PROXY", "HTTP_PROXY"]) {
    vi.stubEnv(name, `http://127.0.0.1:${address.port}`);
  }
  const since = performance.now();
  const download = downloadMongod(folder, () => {}, new AbortController().signal, 3_000);
  await expect(download).rejects.toThrow("no answer for 3 s");
  expect(performance.now() - since).toBeLessThan(10_000);
  expect(processesOf(folder, "STRATA_RUN=none")).toEqual([]);
  silent.close();
});

test("a download stops with its command", async () => {
  const controller = new AbortController();
  const download = downloadMongod(folder, () => {}, controller.signal);
  controller.abort(new Error("stopped"));
  await expect(download).rejects.toThrow("stopped");
  expect(processesOf(folder, "STRATA_RUN=none")).toEqual([]);
});

function program(name: string, script: string): string {
  const file = path.join(folder, name, "mongod");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
