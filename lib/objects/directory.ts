import "server-only";
import { randomBytes } from "node:crypto";
import { link, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AppError } from "@/lib/errors";
import { countStoreError } from "./error-counts";
import { notAKey, refuseUnlessKey } from "./keys";
import type { ByteRange, ObjectInfo, ObjectStore } from "./object-store";

/** Unfinished objects. It is no part of any key: those have a `=` in their first folder. */
const unfinished = ".unfinished";

/** Objects as files of one directory. */
export class DirectoryStore implements ObjectStore {
  readonly name: string;

  constructor(directory: string) {
    this.name = resolve(directory);
  }

  async put(key: string, body: Uint8Array): Promise<"created" | "exists"> {
    const target = this.pathOf(key);
    const temporary = join(this.name, unfinished, randomBytes(12).toString("hex"));
    try {
      await mkdir(dirname(target), { recursive: true });
      await mkdir(dirname(temporary), { recursive: true });
      await writeDurably(temporary, body);
      // A hard link appears in one step and refuses a name that is taken; rename would replace the object there.
      const outcome = await link(temporary, target).then(() => "created" as const, taken);
      // Also for an object of another writer, who may not have come to this yet: the caller counts on it from now on.
      await this.syncFoldersOf(target);
      return outcome;
    } catch (error) {
      throw this.refused(error);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async get(
    key: string,
    range?: ByteRange,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Buffer | null> {
    signal?.throwIfAborted();
    const handle = await open(this.pathOf(key)).catch(absent);
    if (!handle) return null;
    try {
      if (!range) return await handle.readFile({ signal });
      return await readRange(handle, range);
    } finally {
      await handle.close();
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const found = await stat(this.pathOf(key)).catch(absent);
    return found?.isFile() ? { key, sizeBytes: found.size, modifiedAt: found.mtime } : null;
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    // The folder part of the prefix bounds the walk; the rest is compared as text.
    const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    const root = folder === "" ? this.name : this.pathOf(folder.slice(0, -1));
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(absent);
    const keys = (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(this.name.length + 1)
          .replaceAll("\\", "/"),
      )
      .filter((key) => key.startsWith(prefix) && !key.startsWith(`${unfinished}/`))
      .sort();
    for (const key of keys) {
      const found = await this.head(key);
      if (found) yield found;
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async sweepUnfinished(before: Date): Promise<number> {
    const folder = join(this.name, unfinished);
    let swept = 0;
    for (const name of (await readdir(folder).catch(absent)) ?? []) {
      const found = await stat(join(folder, name)).catch(absent);
      if (!found || found.mtime >= before) continue;
      await rm(join(folder, name), { force: true });
      swept++;
    }
    return swept;
  }

  /** A name is durable when its folder is, and a folder when its own parent is, up to the one that was there before us. */
  private async syncFoldersOf(target: string): Promise<void> {
    for (let folder = dirname(target); folder.startsWith(this.name); folder = dirname(folder))
      await syncDirectory(folder);
  }

  private pathOf(key: string): string {
    refuseUnlessKey(key);
    if (key.split("/").includes(unfinished)) throw notAKey(key);
    return join(this.name, key);
  }

  /** What the file system says, for the person who can do something about it. */
  private refused(error: unknown): unknown {
    const code = codeOf(error);
    const full = code === "ENOSPC" || code === "EDQUOT";
    if (!full && code !== "EACCES" && code !== "EROFS" && code !== "EPERM") return error;
    countStoreError(full ? "full" : "refused");
    const problem = full ? "is full" : "cannot be written";
    const remedy = full ? "Free some space there" : "Let this user write there";
    return new AppError(
      "unavailable",
      `The object store directory ${this.name} ${problem} (${code}). ${remedy}, or set OBJECT_STORE_DIR to another place. Nothing was deleted; archiving goes on by itself afterwards.`,
      { cause: error },
    );
  }
}

async function writeDurably(path: string, body: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(body);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Some systems cannot do that to a folder; on those a new name is durable by itself. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

async function readRange(
  handle: Awaited<ReturnType<typeof open>>,
  { offset, length }: ByteRange,
): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, offset + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

function taken(error: unknown): "exists" {
  if (codeOf(error) === "EEXIST") return "exists";
  throw error;
}

function absent(error: unknown): null {
  if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return null;
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
