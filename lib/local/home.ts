import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineUser, reachableBy, type SystemUser } from "./documentdb/identity";
import { Failure } from "./failure";
import { say } from "./progress";

export const projectRoot = path.resolve(import.meta.dirname, "../..");

/**
 * `local` is what demo, dev and import share; tests have services of their own and never touch its data; those of
 * `faults` may be killed at any time.
 */
export type Profile = "local" | "test" | "faults";

/** Where one profile keeps everything: state, databases, objects, logs. */
export type Home = {
  profile: string;
  dir: string;
  /** Provisioned binaries, shared by the profiles. */
  engineDir: string;
  /** Whom database servers run as, because they refuse to be root; null when we are an ordinary user ourselves. */
  user: SystemUser | null;
};

export function openHome(profile: Profile): Home {
  const base = baseFolder();
  return homeIn(base, profile);
}

/** A profile in a given base folder; tests use folders of their own. */
export function homeIn(base: string, profile: string): Home {
  const user = engineUser();
  const dir = path.join(base, profile);
  makeFolder(dir, user !== null);
  makeFolder(path.join(dir, "logs"), user !== null);
  const objects = path.join(dir, "objects");
  mkdirSync(objects, { recursive: true, mode: 0o700 });
  return { profile, dir, engineDir: path.join(base, "engine"), user };
}

/**
 * `.strata` in the project. Run by root from a folder that only root can enter (a clone below /root), the database
 * servers could not reach it there; a folder that survives a restart of the machine takes its place then.
 */
export function baseFolder(): string {
  const inside = path.join(projectRoot, ".strata");
  const user = engineUser();
  refuseForeign(inside);
  makeFolder(inside, user !== null);
  if (user === null || reachableBy(user.uid, inside)) return inside;

  const parent = existsSync("/var/tmp") ? "/var/tmp" : tmpdir();
  const outside = path.join(
    parent,
    `strata-${createHash("sha256").update(projectRoot).digest("hex").slice(0, 12)}`,
  );
  // Anybody may write to the parent: a folder or link that somebody else put there must not receive our files.
  const entry = lstatSync(outside, { throwIfNoEntry: false });
  if (entry && (entry.uid !== 0 || !entry.isDirectory())) {
    throw new Failure(
      `${outside} is not a folder of ours.`,
      "Remove it, or move the project to a folder every user can enter.",
    );
  }
  makeFolder(outside, true);
  const pointer = path.join(inside, "location");
  if (!existsSync(pointer)) {
    say(
      `Services keep their data in ${outside}: user ${user.name}, whom they run as, cannot enter ${projectRoot}`,
    );
    writeFileSync(pointer, `${outside}\n`);
  }
  return outside;
}

function refuseForeign(folder: string): void {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  const me = process.getuid?.();
  if (owner === undefined || me === undefined || me === 0 || owner === me) return;
  throw new Failure(
    `${folder} belongs to another user (uid ${owner}), probably because a command was run as root before.`,
    `Run as that user again, or remove the folder (\`sudo rm -rf ${folder}\`; this deletes the local data).`,
  );
}

/** The mode is set explicitly because a umask of 077 would lock the servers' user out. */
function makeFolder(folder: string, enterableByAll: boolean): void {
  mkdirSync(folder, { recursive: true });
  const mode = enterableByAll ? 0o755 : 0o700;
  if ((statSync(folder).mode & 0o777) !== mode) chmodSync(folder, mode);
}
