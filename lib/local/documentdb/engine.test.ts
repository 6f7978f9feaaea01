import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBridge } from "./bridge";
import { startEngine } from "./engine";
import { reachableBy } from "./identity";
import { PgConnection } from "./pgwire";
import { processArguments } from "./process";
import { refuseProduction } from "./production";
import { describeWithEngine, engineFiles, freePort, startBridgeProcess, testFolder, until } from "./testing";
import type { RunningEngine } from "./types";

describe("what the engine refuses before it starts", () => {
  it("production, unless a demo or a test says that it is one", () => {
    expect(() => refuseProduction({ NODE_ENV: "production" })).toThrow("MONGODB_URI");
    for (const env of [{ STRATA_DEMO: "1" }, { STRATA_TEST: "1" }]) {
      expect(() => refuseProduction({ NODE_ENV: "production", ...env })).not.toThrow();
    }
    expect(() => refuseProduction({ NODE_ENV: "development" })).not.toThrow();
  });

  it("a folder behind one that its user cannot enter is not reachable", () => {
    // Not below the project: an ordinary user keeps that to themselves.
    const folder = mkdtempSync(path.join(tmpdir(), "strata-reachable-"));
    chmodSync(folder, 0o755);
    const inner = path.join(folder, "open", "inner");
    mkdirSync(inner, { recursive: true });
    expect(reachableBy(65534, inner)).toBe(true);
    mkdirSync(path.join(folder, "private", "inner"), { recursive: true, mode: 0o700 });
    expect(reachableBy(65534, path.join(folder, "private", "inner"))).toBe(false);
    expect(reachableBy(process.getuid?.() ?? 0, path.join(folder, "private", "inner"))).toBe(true);
    expect(reachableBy(65534, path.join(folder, "private", "not-made-yet"))).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describeWithEngine("the engine's PostgreSQL", () => {
  const folders: string[] = [];
  const engines: RunningEngine[] = [];
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.stop();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  let pristine = "";
  beforeAll(async () => {
    pristine = path.join(testFolder(), "pristine");
    const files = await engineFiles();
    await (
      await startEngine({ files, dataDir: pristine, port: await freePort(), durability: "test" })
    ).stop();
  });
  afterAll(() => rmSync(path.dirname(pristine), { recursive: true, force: true }));

  /** A copy of a directory that was started and stopped once: the tests that need it differ in what comes after. */
  function startedDataDir(): string {
    const dataDir = newDataDir();
    execFileSync("cp", ["-a", pristine, dataDir]);
    return dataDir;
  }
  function newDataDir(): string {
    const folder = testFolder();
    folders.push(folder);
    return path.join(folder, "data");
  }
  async function start(dataDir: string, port?: number, durability: "test" | "crash-safe" = "test") {
    const engine = await startEngine({
      files: await engineFiles(),
      dataDir,
      port: port ?? (await freePort()),
      durability,
    });
    engines.push(engine);
    return engine;
  }
  const passwordOf = (dataDir: string) => readFileSync(path.join(dataDir, "password"), "utf8");
  const login = (dataDir: string, { port }: RunningEngine, user = "postgres") =>
    PgConnection.connect({ port, user, password: passwordOf(dataDir), database: "postgres" });

  it("is taken over alive by a second start, and its data survives a stop", async () => {
    const dataDir = startedDataDir();
    const first = await start(dataDir);
    expect(first.reused).toBe(false);
    const second = await start(dataDir, await freePort());
    expect([second.reused, second.pid, second.port]).toEqual([true, first.pid, first.port]);
    const before = await login(dataDir, first);
    await before.execute("CREATE TABLE kept (n int)");
    before.close();
    await first.stop();
    await until(() => processArguments(first.pid) === null);
    const third = await start(dataDir);
    expect(third.reused).toBe(false);
    const after = await login(dataDir, third);
    expect(await after.query("SELECT * FROM kept")).toEqual([]);
    after.close();
  });

  it("is started once by two starts at the same time", async () => {
    const dataDir = newDataDir();
    const [one, other] = await Promise.all([start(dataDir), start(dataDir)]);
    expect(one.pid).toBe(other.pid);
    expect([one.reused, other.reused].sort()).toEqual([false, true]);
  });

  it("starts again after it was killed, and over a pid file that names a foreign live process", async () => {
    const dataDir = startedDataDir();
    const first = await start(dataDir);
    process.kill(first.pid, "SIGKILL");
    await until(() => processArguments(first.pid) === null);
    const foreign = spawn("sleep", ["60"]);
    const pidFile = path.join(dataDir, "cluster", "postmaster.pid");
    const lines = readFileSync(pidFile, "utf8").split("\n");
    writeFileSync(pidFile, [foreign.pid, ...lines.slice(1)].join("\n"));
    const second = await start(dataDir);
    expect(second.reused).toBe(false);
    expect(foreign.exitCode).toBeNull();
    foreign.kill();
    await once(foreign, "exit");
  });

  it("starts over an initialisation that was killed half-way", async () => {
    const dataDir = newDataDir();
    mkdirSync(path.join(dataDir, "cluster.part"), { recursive: true, mode: 0o700 });
    writeFileSync(path.join(dataDir, "cluster.part", "PG_VERSION"), "18\n");
    writeFileSync(path.join(dataDir, "strata-engine.json"), "{}\n");
    await expect(start(dataDir)).resolves.toMatchObject({ reused: false });
  });

  it("refuses a directory that somebody else made, and leaves it as it is", async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path.join(dataDir, "precious.txt"), "mine");
    await expect(start(dataDir)).rejects.toMatchObject({
      code: "foreign",
      message: expect.stringContaining("precious.txt"),
    });
    expect(readFileSync(path.join(dataDir, "precious.txt"), "utf8")).toBe("mine");
    expect(readdirSync(dataDir)).toEqual(["precious.txt"]);
    await expect(startBridgeProcess({ dataDir, enginePort: 1 })).rejects.toThrow(
      "no document engine was ever started",
    );
  });

  it("says so when its port is taken", async () => {
    const dataDir = startedDataDir();
    const squatter = net.createServer().listen(0, "127.0.0.1");
    await once(squatter, "listening");
    const address = squatter.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await expect(start(dataDir, port)).rejects.toMatchObject({
      code: "start",
      message: expect.stringContaining("could not bind"),
    });
    squatter.close();
  });

  it("lets nobody in without its password", async () => {
    const dataDir = startedDataDir();
    const engine = await start(dataDir);
    const guess = { port: engine.port, user: "postgres", password: "guess", database: "postgres" };
    await expect(PgConnection.connect(guess)).rejects.toMatchObject({ sqlState: "28P01" });
    const connection = await login(dataDir, engine);
    const roles = await connection.query(
      "SELECT rolname FROM pg_authid WHERE rolcanlogin AND rolpassword IS NULL",
    );
    expect(roles).toEqual([]);
    connection.close();
  });

  it("keeps acknowledged writes through a crash of the machine only when asked to", async () => {
    const setting = async (durability: "test" | "crash-safe") => {
      const dataDir = startedDataDir();
      const connection = await login(dataDir, await start(dataDir, undefined, durability));
      const rows = await connection.query(
        "SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')",
      );
      connection.close();
      return String(rows[0]?.[0]);
    };
    expect(await setting("crash-safe")).toBe("on on on");
    expect(await setting("test")).toBe("off off on");
  });

  it("is refused by the bridge without ordered indexes", async () => {
    const dataDir = startedDataDir();
    const engine = await start(dataDir);
    const connection = await login(dataDir, engine);
    await connection.execute("ALTER ROLE postgres SET documentdb.alternate_index_handler_name = ''");
    connection.close();
    const refused = openBridge({
      enginePort: engine.port,
      password: passwordOf(dataDir),
      port: 0,
      log: () => {},
    });
    await expect(refused).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining("extended_rum"),
    });
  });
});
