/** Real engines for tests: provisioned once per project, each with a data directory and ports of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { Binary, type Document, MongoClient, type MongoClientOptions } from "mongodb";
import { afterAll, beforeAll, describe } from "vitest";
import { baseFolder } from "../home";
import { testFolder as newTestFolder } from "../testing-folder";
import { type Bridge, openBridge } from "./bridge";
import { startEngine } from "./engine";
import { onPool } from "./execution";
import { PgPool } from "./pg-pool";
import { provisionEngine, unavailableReason } from "./provision";
import type { EngineFiles, RunningEngine } from "./types";

const projectRoot = path.resolve(import.meta.dirname, "../../..");
const serverScript = path.join(import.meta.dirname, "server.ts");

/** `describe` where the engine can run; elsewhere the tests are skipped, with the reason in their name. */
export function describeWithEngine(name: string, body: () => void): void {
  const reason = process.env.STRATA_ENGINE_DIR ? null : unavailableReason();
  // Starting an engine takes two seconds, or ten on a busy machine: slow is not what these tests are about.
  describe.skipIf(reason)(reason ? `${name} (skipped: ${reason})` : name, { timeout: 120_000 }, body);
}

export function engineFiles(): Promise<EngineFiles> {
  return provisionEngine(process.env.STRATA_ENGINE_DIR ?? path.join(baseFolder(), "engine"), () => {});
}

/** A new folder the engine's user can enter; `npm test` finds there what a killed test left running. */
export const testFolder = () => newTestFolder("documentdb");

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address === "object" && address) return address.port;
  throw new Error("no free port");
}

/** Resolves when `holds` does; the suite's own timeout ends a wait for something that never comes. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

export type TestEngine = RunningEngine & {
  folder: string;
  dataDir: string;
  password: string;
  sql(statement: string): Promise<string[][]>;
};

export async function startTestEngine(): Promise<TestEngine> {
  const folder = testFolder();
  const dataDir = path.join(folder, "data");
  const files = await engineFiles();
  const engine = await startEngine({ files, dataDir, port: await freePort(), durability: "test" });
  const password = readFileSync(path.join(dataDir, "password"), "utf8");
  const login = { port: engine.port, user: "postgres", password, database: "postgres" };
  return {
    ...engine,
    folder,
    dataDir,
    password,
    async sql(statement) {
      // A pool for its patience while a killed engine recovers; a new one because its connections may be dead.
      const pool = new PgPool({ connection: login, max: 1, patienceMs: 60_000 });
      const rows = await onPool(pool, (connection) => connection.query(statement)).finally(() =>
        pool.close(),
      );
      return rows.map((row) => row.map(String));
    },
    async stop() {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Stage = {
  engine: TestEngine;
  bridge: Bridge;
  client: MongoClient;
  /** What the bridge logged so far. */
  log: string[];
  connect(options?: MongoClientOptions): MongoClient;
};

/** One engine, one bridge in this process and one client, for all tests of a file. */
export function useEngine(options: { idleTransactionMs?: number } = {}): Stage {
  const clients: MongoClient[] = [];
  const stage: Partial<Stage> & Pick<Stage, "log" | "connect"> = {
    log: [],
    connect: (clientOptions) => {
      const client = new MongoClient(uriOf(stage.bridge?.port ?? 0), clientOptions);
      clients.push(client);
      return client;
    },
  };
  beforeAll(async () => {
    const engine = await startTestEngine();
    stage.engine = engine;
    const log = (line: string) => stage.log.push(line);
    stage.bridge = await openBridge({
      enginePort: engine.port,
      password: engine.password,
      port: 0,
      log,
      ...options,
    });
    stage.client = stage.connect();
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await stage.bridge?.close();
    await stage.engine?.stop();
  });
  const started = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error("the engine is started before the first test, not before");
    return value;
  };
  return {
    log: stage.log,
    connect: stage.connect,
    get engine() {
      return started(stage.engine);
    },
    get bridge() {
      return started(stage.bridge);
    },
    get client() {
      return started(stage.client);
    },
  };
}

export const uriOf = (port: number) => `mongodb://127.0.0.1:${port}/?directConnection=true`;

export type BridgeProcess = { port: number; pid: number; process: ChildProcess; errors: () => string };

/** The bridge as the supervisor starts it. */
export async function startBridgeProcess(
  place: { dataDir: string; enginePort: number; port?: number },
  env: Record<string, string> = {},
): Promise<BridgeProcess> {
  const ports = ["--engine-port", String(place.enginePort), "--port", String(place.port ?? 0)];
  const child = spawn(
    process.execPath,
    ["--import", "tsx", serverScript, "--data-dir", place.dataDir, ...ports],
    {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: "development", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const announced = once(child.stdout, "data").then(([line]): Document => JSON.parse(String(line)));
  const ended = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`bridge ended (${code}): ${errors}`)),
  );
  ended.catch(() => {});
  const { port, pid } = await Promise.race([announced, ended]);
  return { port, pid, process: child, errors: () => errors };
}

/** A session id of our own choosing, to repeat a command exactly as a driver does after a lost answer. */
export const sessionId = () => ({
  id: new Binary(crypto.getRandomValues(new Uint8Array(16)), Binary.SUBTYPE_UUID),
});
