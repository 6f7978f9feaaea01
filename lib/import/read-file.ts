import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/errors";

export interface ImportFile {
  path: string;
  name: string;
  /** Bytes of its content, unpacked. */
  sizeBytes: number;
  /** SHA-256 of its content, unpacked: the same lines are the same import, packed or not. */
  sha256: string;
}

/**
 * Reads a file through to its end, so that a missing, unreadable or broken one is refused before anything of it is stored.
 * Throws an AppError that names the file.
 */
export async function examineFile(path: string): Promise<ImportFile> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError("bad_input", `${path}: ${sentenceOf(cause)}`, { cause });
  });
  if (!found.isFile()) throw new AppError("bad_input", `${path} is not a file.`);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of contentOf(path)) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { path, name: basename(path), sizeBytes, sha256: hash.digest("hex") };
}

/** The bytes of a file, unpacked when it is gzip (told by its first bytes, not by its name). */
export async function* contentOf(path: string): AsyncGenerator<Buffer> {
  const packed = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const unpacked = packed ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file;
  // pipe() does not carry the file's own error over.
  file.on("error", (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked) yield chunk;
  } catch (cause) {
    throw new AppError("bad_input", `${path}: ${sentenceOf(cause)}`, { cause });
  } finally {
    file.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new AppError("bad_input", `${path}: ${sentenceOf(cause)}`, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function sentenceOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "there is no such file.";
  if (code === "EACCES") return "this user may not read it.";
  if (code === "Z_BUF_ERROR") return "the gzip data ends too early; the file was cut short.";
  if (code.startsWith("Z_")) return "the gzip data is broken.";
  return error instanceof Error ? error.message : String(error);
}
