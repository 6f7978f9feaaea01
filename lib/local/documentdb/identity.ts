import { readFileSync, statSync } from "node:fs";
import path from "node:path";

export type SystemUser = { name: string; uid: number; gid: number };

/** PostgreSQL refuses to run as root, so as root it runs as one of these; anybody else runs it as themselves. */
const UNPRIVILEGED = ["nobody", "postgres"];

/** The user the engine's processes run as, or null for "as whoever started us". */
export function engineUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of UNPRIVILEGED) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

/**
 * Whether `uid` can enter every folder on the way to `target`. Folders that do not exist yet are not judged: their
 * maker decides. Supplementary groups and ACLs are not considered, so a "no" may be too strict and a "yes" never is.
 */
export function reachableBy(uid: number, target: string): boolean {
  const { root } = path.parse(path.resolve(target));
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const entry = statSync(folder, { throwIfNoEntry: false });
    if (entry?.isDirectory() && !mayEnter(uid, entry)) return false;
    if (folder === root) return true;
  }
}

function mayEnter(uid: number, folder: { uid: number; mode: number }): boolean {
  return Boolean(folder.mode & (folder.uid === uid ? 0o100 : 0o001)) || uid === 0;
}
