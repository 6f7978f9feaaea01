import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";
import { startEngine } from "./documentdb/engine";
import { provisionEngine, unavailableReason } from "./documentdb/provision";
import type { EngineFiles, ProvisionProgress, RunningEngine } from "./documentdb/types";
import { Failure } from "./failure";
import type { Home } from "./home";
import { untilStopped } from "./interrupt";
import { isRunning } from "./lock.mjs";
import { mongoUri, type RunningMongo } from "./mongod";
import { choosePort } from "./ports";
import { commandLine } from "./process-table";
import { endProcess, identify, startProcess } from "./processes";
import { megabytes, step } from "./progress";
import { type ProcessId, readState, updateState } from "./state";

/** Debian's DocumentDB with our bridge before it: what serves documents where only npm and Debian can be reached. */
export async function startDocumentEngine(home: Home, signal: AbortSignal): Promise<RunningMongo> {
  const reason = unavailableReason();
  if (reason) throw new Error(reason);
  const files = await provision(home, signal);
  const dataDir = path.join(home.dir, "documentdb");
  // Not cut short by a stop: a start that nobody waits for would leave its server behind.
  const engine = await startOn(home, files, dataDir);
  const { id, port, reused } = await startBridge(home, dataDir, engine, signal).catch(
    async (error: unknown) => {
      await endProcess(readState(home.dir).mongoProcess);
      await engine.stop();
      throw error;
    },
  );
  return {
    name: `DocumentDB ${files.version}`,
    where: `127.0.0.1:${port}`,
    uri: mongoUri(port),
    reused: reused && engine.reused,
    id,
    stop: async () => {
      // The bridge first: it would take the stop of the engine for a crash and start it again.
      await endProcess(id);
      await engine.stop();
    },
  };
}

async function provision(home: Home, signal: AbortSignal): Promise<EngineFiles> {
  let worked = false;
  const label = "DocumentDB packages";
  const onEvent = (draw: (text: string) => void) => (event: ProvisionProgress) => {
    worked ||= event.step !== "ready";
    draw(wordsFor(event));
  };
  return step(
    label,
    (note) => untilStopped(signal, provisionEngine(home.engineDir, onEvent(note))),
    (files) => (worked ? `${label} ${files.version} fetched and unpacked` : null),
  );
}

function wordsFor({ step: name, done, total, detail }: ProvisionProgress): string {
  if (name !== "download" || done === undefined) return `${name} ${detail}`;
  return `${megabytes(done)}${total ? ` of ${megabytes(total)}` : ""} ${detail}`;
}

async function startOn(home: Home, files: EngineFiles, dataDir: string): Promise<RunningEngine> {
  const { ports } = readState(home.dir);
  const port = await choosePort(ports.engine);
  // What is killed on purpose must come back whole; only the tests' data may be lost with the machine.
  const durability = home.profile === "test" ? "test" : "crash-safe";
  const engine = await startEngine({ files, dataDir, port, durability });
  updateState(home.dir, { ports: { ...readState(home.dir).ports, engine: engine.port } });
  return engine;
}

type Bridge = { id: ProcessId; port: number; reused: boolean };

async function startBridge(
  home: Home,
  dataDir: string,
  engine: RunningEngine,
  signal: AbortSignal,
): Promise<Bridge> {
  const { mongoProcess, ports } = readState(home.dir);
  const ours = isRunning(mongoProcess) && mongoProcess && commandLine(mongoProcess.pid).includes(dataDir);
  if (ours && ports.mongo && (await answers(ports.mongo)))
    return { id: mongoProcess, port: ports.mongo, reused: true };
  if (ours) await endProcess(mongoProcess);

  const port = await choosePort(ports.mongo);
  const script = fileURLToPath(new URL("documentdb/server.ts", import.meta.url));
  const log = path.join(home.dir, "logs", "document-bridge.log");
  const place = ["--data-dir", dataDir, "--engine-port", String(engine.port), "--port", String(port)];
  const child = startProcess(process.execPath, ["--import", "tsx", script, ...place], { output: { log } });
  child.unref();
  const id = child.pid === undefined ? undefined : identify(child.pid);
  if (!id) throw new Error("the bridge process could not be started");
  updateState(home.dir, { mongoProcess: id, ports: { ...readState(home.dir).ports, mongo: port } });

  const deadline = performance.now() + 30_000;
  while (!(await answers(port))) {
    signal.throwIfAborted();
    if (!isRunning(id) || performance.now() > deadline) {
      throw new Failure(
        `The document bridge did not start; ${log} says why.`,
        "Mend what the log names, or set MONGODB_URI.",
      );
    }
    await delay(50);
  }
  return { id, port, reused: false };
}

async function answers(port: number): Promise<boolean> {
  const client = new MongoClient(mongoUri(port), {
    serverSelectionTimeoutMS: 1_000,
    connectTimeoutMS: 1_000,
  });
  try {
    await client.db("admin").command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
