import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { z } from "zod";
import { engineUser, reachableBy, type SystemUser } from "./identity";
import { EngineError } from "./types";

const MARKER = "strata-engine.json";

/** What is needed to start the engine again after a crash. */
const engineRecord = z.object({
  root: z.string(),
  binDir: z.string(),
  version: z.string(),
  port: z.number().int(),
  durability: z.enum(["test", "crash-safe"]),
});
export type EngineRecord = z.infer<typeof engineRecord>;

/** The folders and files of one data directory. */
export type DataDir = {
  path: string;
  /** PostgreSQL's own directory. */
  cluster: string;
  log: string;
  passwordFile: string;
  /** libpq's password file, for the engine's background jobs that connect to it. */
  passFile: string;
  lock: string;
  /** Who runs the engine: the owner of an existing cluster, else an unprivileged user; null for ourselves. */
  user: SystemUser | null;
};

export function dataDirAt(folder: string): DataDir {
  const base = canonical(path.resolve(folder));
  const at = (name: string) => path.join(base, name);
  const cluster = at("cluster");
  return {
    path: base,
    cluster,
    log: at("postgres.log"),
    passwordFile: at("password"),
    passFile: at("pgpass"),
    lock: at("lock"),
    user: ownerOf(cluster) ?? engineUser(),
  };
}

/** One spelling for one folder: a live PostgreSQL is recognised by the path it was started with. */
function canonical(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder
    ? realpathSync(folder)
    : path.join(canonical(parent), path.basename(folder));
}

function ownerOf(folder: string): SystemUser | null {
  const owner = statSync(folder, { throwIfNoEntry: false });
  if (!owner || process.getuid?.() !== 0 || owner.uid === 0) return null;
  return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
}

/** A folder with content that we did not make may be somebody's data: nothing in it is touched. */
export function refuseForeign(dir: DataDir): void {
  if (!existsSync(dir.path) || existsSync(path.join(dir.path, MARKER))) return;
  const found = readdirSync(dir.path).filter((name) => name !== path.basename(dir.lock));
  if (found.length === 0) return;
  throw new EngineError("foreign", `${dir.path} holds ${found[0]} and was not made by the document engine`);
}

/** Makes the folder, or takes the one that was made earlier. */
export function claimDataDir(dir: DataDir): void {
  refuseForeign(dir);
  mkdirSync(dir.path, { recursive: true });
  const marker = path.join(dir.path, MARKER);
  if (!existsSync(marker)) writeFileSync(marker, "{}\n", { mode: 0o600 });
  chmodSync(dir.path, 0o700);
  if (!dir.user) return;
  chownSync(dir.path, dir.user.uid, dir.user.gid);
  if (!reachableBy(dir.user.uid, dir.path)) throw unreachable(dir.user, dir.path);
}

export function unreachable(user: SystemUser, folder: string): EngineError {
  return new EngineError(
    "unreachable",
    `The document engine cannot run as root, and ${user.name} cannot enter a folder on the way to ${folder}.`,
  );
}

/** The password of the engine's PostgreSQL, made with the directory. */
export function enginePassword(dir: DataDir): string {
  if (!existsSync(dir.passwordFile))
    writePrivate(dir, dir.passwordFile, randomBytes(24).toString("base64url"));
  const password = readFileSync(dir.passwordFile, "utf8");
  if (!existsSync(dir.passFile)) writePrivate(dir, dir.passFile, `*:*:*:*:${password}\n`);
  return password;
}

export function writeEngineRecord(dir: DataDir, record: EngineRecord): void {
  writePrivate(dir, path.join(dir.path, MARKER), `${JSON.stringify(record)}\n`);
}

/** How the engine of this directory was last started; refuses a directory where it never was. */
export function readEngineRecord(dir: DataDir): EngineRecord {
  try {
    return engineRecord.parse(JSON.parse(readFileSync(path.join(dir.path, MARKER), "utf8")));
  } catch (cause) {
    throw new EngineError("foreign", `no document engine was ever started on ${dir.path}`, { cause });
  }
}

/** Whole or not at all, readable by the engine's user only. */
function writePrivate(dir: DataDir, file: string, text: string): void {
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, text, { mode: 0o600 });
  if (dir.user) chownSync(aside, dir.user.uid, dir.user.gid);
  renameSync(aside, file);
}
