import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { SystemUser } from "./documentdb/identity";
import { Failure } from "./failure";
import type { Home } from "./home";
import { postgresFiles } from "./postgres-binaries";
import { exitOf, startProcess } from "./processes";
import { readState } from "./state";

export const superuser = "strata";

/** PostgreSQL's data folder of a profile, with the binaries and the user that serve it. */
export type Cluster = { home: Home; dataDir: string; native: string; user: SystemUser | null };

export function clusterIn(home: Home): Cluster {
  const dataDir = path.join(home.dir, "postgres");
  const native = postgresFiles(path.dirname(home.dir), home.user);
  return { home, dataDir, native, user: ownerOf(dataDir, home.user) };
}

/** Data that an ordinary user made before is served as that user, also when root starts the server now. */
function ownerOf(dataDir: string, user: SystemUser | null): SystemUser | null {
  const owner = user && statSync(dataDir, { throwIfNoEntry: false });
  if (!user || !owner || owner.uid === 0 || owner.uid === user.uid) return user;
  return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
}

/** Built aside and renamed: a cluster that exists is a complete one, wherever its making was killed. */
export async function createCluster({ home, dataDir, native, user }: Cluster): Promise<void> {
  const part = `${dataDir}.part-${randomBytes(6).toString("hex")}`;
  const passwordFile = path.join(home.dir, `initdb-${randomBytes(6).toString("hex")}`);
  mkdirSync(part, { mode: 0o700 });
  writeFileSync(passwordFile, `${readState(home.dir).postgresPassword}\n`, { mode: 0o600 });
  if (user) for (const target of [part, passwordFile]) chownSync(target, user.uid, user.gid);
  const log = path.join(home.dir, "logs", "initdb.log");
  const options = [
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--locale=C",
    // An acknowledged write of the demo must survive a crash of the machine; one of a test need not.
    ...(home.profile === "local" ? [] : ["--no-sync"]),
  ];
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    const child = startProcess(
      path.join(native, "bin", "initdb"),
      ["-D", part, "-U", superuser, ...options, ...locale],
      { user, cwd: part, output: { log } },
    );
    if ((await exitOf(child)) !== 0) {
      throw new Failure(`PostgreSQL could not create its data folder; ${log} says why.`, adviceFor(log));
    }
    renameSync(part, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(part, { recursive: true, force: true });
  }
}

/** The state file was lost or replaced while the data stayed: the owner of the data gives it the password of now. */
export function resetPassword({ home, dataDir, native, user }: Cluster): void {
  const { status } = spawnSync(
    path.join(native, "bin", "postgres"),
    ["--single", "-D", dataDir, "postgres"],
    {
      input: `alter role ${superuser} password '${readState(home.dir).postgresPassword}'\n`,
      cwd: dataDir,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    },
  );
  if (status !== 0)
    throw new Failure(
      `The data in ${dataDir} has a password that is not known any more.`,
      `Remove ${home.dir} to start afresh.`,
    );
}

/** What a person can do, by what PostgreSQL last wrote. */
export function adviceFor(log: string): string {
  const end = existsSync(log) ? readFileSync(log, "utf8").slice(-4_000) : "";
  if (/No space left/.test(end)) return "Free some space on the disk and run the same command again.";
  if (/shared libraries/.test(end))
    return "Run `npm rebuild` (its packages need their install scripts), then the same command again.";
  if (/look up effective user/.test(end))
    return "PostgreSQL needs a user that /etc/passwd knows: run as one, or set DATABASE_URL.";
  return "Set DATABASE_URL to use another PostgreSQL 18, or mend what the log names and run the same command again.";
}
