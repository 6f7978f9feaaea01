import { existsSync } from "node:fs";
import path from "node:path";
import { startDocumentEngine } from "./document-engine";
import { Failure, reasonOf } from "./failure";
import type { Home } from "./home";
import { findMongod, type RunningMongo, startMongod, versionOf } from "./mongod";
import { downloadMongod } from "./mongod-download";
import { say, step } from "./progress";
import { type MongoKind, mongoKinds, readState, updateState } from "./state";

const setUri =
  "Set MONGODB_URI to a MongoDB replica set, or put a mongod on PATH, and run the same command again.";

/**
 * What serves documents where MONGODB_URI is not set: the first of the chain that can. The choice is kept with the
 * data, because another server would start with an empty database. Callers hold the lock.
 */
export async function startMongo(home: Home, signal: AbortSignal): Promise<RunningMongo> {
  const chosen = readState(home.dir).mongo;
  if (chosen && !(chosen.binary && !existsSync(chosen.binary))) return start[chosen.kind](home, signal);
  if (chosen) say(`MongoDB: ${chosen.binary} is gone; its data stays in ${path.join(home.dir, "mongod")}`);
  else say("MongoDB: MONGODB_URI is not set, so a server of our own: a mongod on PATH?");

  const skipped: string[] = [];
  for (const kind of mongoKinds) {
    try {
      return await start[kind](home, signal);
    } catch (error) {
      signal.throwIfAborted();
      skipped.push(`${kind}: ${reasonOf(error)}`);
      say(`MongoDB: ${reasonOf(error)}${next[kind]}`);
      updateState(home.dir, { mongo: undefined, mongoProcess: undefined });
    }
  }
  throw new Failure(`Nothing on this machine can serve as MongoDB (${skipped.join("; ")}).`, setUri);
}

const next = {
  mongod: "; so mongodb-memory-server downloads one",
  download: "; so DocumentDB from Debian's packages with the bridge of this project",
  documentdb: "",
} satisfies Record<MongoKind, string>;

const start: Record<MongoKind, (home: Home, signal: AbortSignal) => Promise<RunningMongo>> = {
  mongod: async (home, signal) => {
    const binary = findMongod();
    if (!binary) throw new Error("no mongod on PATH");
    return startBinary(home, "mongod", binary, signal);
  },

  download: async (home, signal) => {
    const known = readState(home.dir).mongo?.binary;
    const folder = path.join(path.dirname(home.dir), "mongod");
    const binary =
      known ??
      (await step("mongod download", (note) => downloadMongod(folder, note, signal)).catch(
        (error: unknown) => {
          throw new Error(`the download failed (${reasonOf(error)})`, { cause: error });
        },
      ));
    return startBinary(home, "download", binary, signal);
  },

  documentdb: async (home, signal) => {
    const running = await startDocumentEngine(home, signal);
    updateState(home.dir, { mongo: { kind: "documentdb" } });
    return running;
  },
};

async function startBinary(
  home: Home,
  kind: MongoKind,
  binary: string,
  signal: AbortSignal,
): Promise<RunningMongo> {
  const known = versionOf(binary);
  if ("reason" in known) throw new Error(known.reason);
  const running = await startMongod(home, binary, known.version, signal);
  updateState(home.dir, { mongo: { kind, binary } });
  return running;
}
