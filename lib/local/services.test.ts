import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Home, homeIn } from "./home";
import { isRunning } from "./lock.mjs";
import { startPostgres } from "./postgres";
import { commandLine } from "./process-table";
import { endProcess, identify } from "./processes";
import { readState } from "./state";
import { testFolder } from "./testing-folder";
import { ended, Supervisors, stop } from "./testing-supervisors";

const never = new AbortController().signal;

let base: string;
let home: Home;
let supervisors: Supervisors;
let toEnd: (() => Promise<unknown>)[];

beforeEach(() => {
  base = testFolder("services");
  home = homeIn(base, "test");
  // These tests are about supervision: one server is enough, and this address is never asked.
  supervisors = new Supervisors([base], { MONGODB_URI: "mongodb://127.0.0.1:1/", DATABASE_URL: "" });
  toEnd = [];
});

afterEach(async () => {
  supervisors.killAll();
  for (const end of toEnd) await end();
  // Whatever the test did, no server of its folder may outlive it.
  const postmaster = postmasterPid();
  if (postmaster && commandLine(postmaster).includes(base))
    await endProcess(identify(postmaster), { signal: "SIGINT" });
  rmSync(base, { recursive: true, force: true });
});

describe("PostgreSQL of this machine", () => {
  test("answers with a generated password, decodes logical changes, and opens no socket file", async () => {
    const postgres = await startPostgres(home, never);
    toEnd.push(postgres.stop);
    const [row] = await query(
      postgres.url("postgres"),
      "select current_setting('wal_level') as wal, current_setting('unix_socket_directories') as sockets, current_setting('listen_addresses') as listen",
    );
    expect(row).toEqual({ wal: "logical", sockets: "", listen: "127.0.0.1" });
    await expect(query(postgres.url("postgres").replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toThrow(
      /password/,
    );
  });

  test("keeps its port and its data from one start to the next", async () => {
    const first = await startPostgres(home, never);
    await query(first.url("postgres"), "create table kept (n int)");
    await first.stop();
    const second = await startPostgres(home, never);
    toEnd.push(second.stop);
    expect(second.where).toBe(first.where);
    expect(second.reused).toBe(false);
    expect(await query(second.url("postgres"), "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  });

  test("takes another port, and remembers that one, when somebody else has its own", async () => {
    const first = await startPostgres(home, never);
    await first.stop();
    const port = Number(first.where.split(":")[1]);
    const squatter = createServer().listen(port, "127.0.0.1");
    await once(squatter, "listening");
    toEnd.push(async () => squatter.close());
    const second = await startPostgres(home, never);
    toEnd.push(second.stop);
    expect(second.where).not.toBe(first.where);
    expect(second.where).toBe(`127.0.0.1:${readState(home.dir).ports.postgres}`);
    expect(squatter.listening).toBe(true);
  });

  test("neither stops nor mistakes for itself a foreign process that got the pid in its pid file", async () => {
    const first = await startPostgres(home, never);
    await query(first.url("postgres"), "create table kept (n int)");
    await endProcess(first.id, { signal: "SIGKILL" });
    const foreign = spawn("sleep", ["60"], { uid: home.user?.uid, gid: home.user?.gid });
    toEnd.push(async () => foreign.kill());
    const [, ...rest] = readFileSync(pidFile(), "utf8").split("\n");
    writeFileSync(pidFile(), [foreign.pid, ...rest].join("\n"));
    const second = await startPostgres(home, never);
    toEnd.push(second.stop);
    expect(second.reused).toBe(false);
    expect(second.id.pid).not.toBe(foreign.pid);
    expect(await query(second.url("postgres"), "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
    expect(identify(foreign.pid ?? 0)).toBeDefined();
  });

  test("starts with its data also when the file with its password was lost", async () => {
    const first = await startPostgres(home, never);
    await query(first.url("postgres"), "create table kept (n int)");
    const lost = readState(home.dir).postgresPassword;
    await first.stop();
    rmSync(path.join(home.dir, "state.json"));
    const second = await startPostgres(home, never);
    toEnd.push(second.stop);
    expect(readState(home.dir).postgresPassword).not.toBe(lost);
    expect(await query(second.url("postgres"), "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  });
});

describe("commands that use the services", () => {
  test("a second one uses what runs, and the last to go turns it off", async () => {
    const first = await supervisors.start();
    const second = await supervisors.start();
    expect(second.service).toEqual({ ...first.service, reused: true });
    await stop(first.child, "SIGTERM");
    expect(isRunning(identify(first.service.pid))).toBe(true);
    await stop(second.child, "SIGTERM");
    expect(identify(first.service.pid)).toBeUndefined();
  });

  test("two that start at once end up with one server", async () => {
    const [first, second] = await Promise.all([supervisors.start(), supervisors.start()]);
    expect(first.service.pid).toBe(second.service.pid);
    expect([first.service.reused, second.service.reused].sort()).toEqual([false, true]);
    await Promise.all([stop(first.child, "SIGTERM"), stop(second.child, "SIGTERM")]);
    expect(identify(first.service.pid)).toBeUndefined();
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s leaves no server behind", async (signal) => {
    const { child, service } = await supervisors.start();
    await stop(child, signal);
    expect(identify(service.pid)).toBeUndefined();
  });

  test("a reader that goes away stops the command and its server", async () => {
    const { child, service } = await supervisors.start();
    child.stdout?.destroy();
    // The command speaks next when it finds its server dead: to nobody.
    await endProcess(identify(service.pid), { signal: "SIGKILL" });
    await ended(child);
    expect(identify(postmasterPid() ?? 0)).toBeUndefined();
  });

  test("after kill -9 the next start takes the server over and then stops it", async () => {
    const first = await supervisors.start();
    await stop(first.child, "SIGKILL");
    expect(isRunning(identify(first.service.pid))).toBe(true);
    const second = await supervisors.start();
    expect(second.service).toEqual({ ...first.service, reused: true });
    await stop(second.child, "SIGINT");
    expect(identify(first.service.pid)).toBeUndefined();
  });

  test("after kill -9 of command and server the next start recovers", async () => {
    const first = await supervisors.start();
    await stop(first.child, "SIGKILL");
    await endProcess(identify(first.service.pid), { signal: "SIGKILL" });
    const second = await supervisors.start();
    expect(second.service.reused).toBe(false);
    expect(second.service.where).toBe(first.service.where);
    await stop(second.child, "SIGINT");
  });

  test("one that is stopped while it starts leaves no server behind", async () => {
    const child = supervisors.launch();
    await vi.waitFor(() => expect(postmasterPid()).toBeDefined(), { timeout: 20_000, interval: 5 });
    const pid = postmasterPid() ?? 0;
    await stop(child, "SIGINT");
    expect(identify(pid)).toBeUndefined();
  });
});

const pidFile = () => path.join(home.dir, "postgres", "postmaster.pid");

function postmasterPid(): number | undefined {
  try {
    return Number(readFileSync(pidFile(), "utf8").split("\n")[0]) || undefined;
  } catch {
    return undefined;
  }
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
