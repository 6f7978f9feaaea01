import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { codeOf, Failure, reasonOf } from "./failure";
import type { Home } from "./home";
import { isRunning } from "./lock.mjs";
import { choosePort } from "./ports";
import { commandLine } from "./process-table";
import { endProcess, identify, startProcess } from "./processes";
import type { RunningService } from "./service";
import { type ProcessId, readState, updateState } from "./state";

export type RunningMongo = RunningService & { uri: string };

const oldestMajor = 6;
const replicaSet = "strata";
const notYetInitialized = 94;
const invalidReplicaSetConfig = 93;

/** The first `mongod` on PATH. */
export function findMongod(): string | null {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(folder || ".", "mongod");
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Why this binary cannot serve, or its version. */
export function versionOf(binary: string): { version: string } | { reason: string } {
  const { stdout, error } = spawnSync(binary, ["--version"], { encoding: "utf8", timeout: 10_000 });
  const version = /db version v(\d+)(\S*)/.exec(stdout ?? "");
  if (!version)
    return { reason: `${binary} --version gives no version${error ? ` (${reasonOf(error)})` : ""}` };
  if (Number(version[1]) < oldestMajor) return { reason: `${binary} is older than MongoDB ${oldestMajor}` };
  return { version: `${version[1]}${version[2]}` };
}

/** Runs a real mongod as a replica set of one, because transactions need a replica set. Callers hold the lock. */
export async function startMongod(
  home: Home,
  binary: string,
  version: string,
  signal: AbortSignal,
): Promise<RunningMongo> {
  const dataDir = path.join(home.dir, "mongod");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { mongoProcess, ports } = readState(home.dir);

  let id =
    isRunning(mongoProcess) && mongoProcess && commandLine(mongoProcess.pid).includes(dataDir)
      ? mongoProcess
      : undefined;
  const reused = id !== undefined;
  const port = reused && ports.mongo ? ports.mongo : await choosePort(ports.mongo);
  if (!id) {
    const log = path.join(home.dir, "logs", "mongod.log");
    const place = ["--dbpath", dataDir, "--port", String(port), "--bind_ip", "127.0.0.1"];
    const child = startProcess(binary, [...place, "--replSet", replicaSet, "--nounixsocket"], {
      output: { log },
    });
    child.unref();
    const failed = new Promise<Error | null>((resolve) => child.once("error", resolve));
    id = child.pid === undefined ? undefined : identify(child.pid);
    if (!id)
      throw new Failure(
        `${binary} did not start (${reasonOf(await failed)}).`,
        "Set MONGODB_URI to another MongoDB.",
      );
    updateState(home.dir, { mongoProcess: id, ports: { ...ports, mongo: port } });
  }
  await becomePrimary(home, id, port, signal);
  const started = id;
  return {
    name: `MongoDB ${version}`,
    where: `127.0.0.1:${port}`,
    uri: mongoUri(port),
    reused,
    id: started,
    stop: async () => {
      await endProcess(started, { graceMs: 20_000 });
    },
  };
}

/** Direct, so that the address works whatever host name the replica set carries. */
export const mongoUri = (port: number) => `mongodb://127.0.0.1:${port}/?directConnection=true`;

async function becomePrimary(home: Home, id: ProcessId, port: number, signal: AbortSignal): Promise<void> {
  const client = new MongoClient(mongoUri(port), { serverSelectionTimeoutMS: 1_000 });
  const admin = client.db("admin");
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  const deadline = performance.now() + 60_000;
  try {
    for (;;) {
      signal.throwIfAborted();
      if (!isRunning(id) || performance.now() > deadline) {
        throw new Failure(
          `mongod did not become ready; ${path.join(home.dir, "logs", "mongod.log")} says why.`,
          "Mend what the log names, or set MONGODB_URI to another MongoDB.",
        );
      }
      try {
        const hello = await admin.command({ hello: 1 });
        if (hello.isWritablePrimary === true) return;
        await admin.command({ replSetGetStatus: 1 });
      } catch (error) {
        if (codeOf(error) === notYetInitialized) {
          await admin.command({ replSetInitiate: { _id: replicaSet, members } });
        } else if (codeOf(error) === invalidReplicaSetConfig) {
          // Its old port is taken, so the set still names an address that is not this server.
          const { config } = await admin.command({ replSetGetConfig: 1 });
          await admin.command({
            replSetReconfig: { ...config, members, version: Number(config.version) + 1 },
            force: true,
          });
        }
      }
      await delay(100);
    }
  } finally {
    await client.close();
  }
}
