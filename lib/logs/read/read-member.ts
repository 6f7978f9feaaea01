import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogChunk, LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import { objectStore } from "@/lib/objects/store";
import { fromLine, type ReadEntry } from "../entry-line";
import type { LogGapRow } from "../schema";
import type { Span } from "../spans";
import { noteAccess, noteDamage } from "./chunk-notes";
import { MemberCache } from "./member-cache";

export type Member = LogChunkIndex["members"][number];

export type MemberRead =
  | { ok: true; entries: ReadEntry[] }
  | { ok: false; reason: Extract<LogGapRow["reason"], "damaged" | "missing" | "unreadable">; detail: string };

const unzip = promisify(gunzip);
const cache = new MemberCache(64 * 1024 * 1024);

/**
 * The entries of one gzip member of a chunk, read by its byte range. Its hash is checked before a byte is trusted (I4): a
 * damaged or absent member is an answer, which the reader shows as a gap, and no reason to withhold the other members.
 */
export async function readMember(
  scope: WorkspaceScope,
  chunk: LogChunk,
  member: Member,
): Promise<MemberRead> {
  const key = `${chunk._id}/${member.offset}`;
  const known = cache.get(key);
  if (known) return { ok: true, entries: known };
  const read = await load(chunk, member);
  if (!read.ok) {
    if (read.reason !== "unreadable") await noteDamage(scope, chunk, memberRange(member), read.reason);
    return read;
  }
  cache.set(key, read.entries, read.bytes);
  await noteAccess(scope, chunk);
  return read;
}

function memberRange({ startSequence: from, endSequence: to }: Member): Span {
  return { from, to };
}

async function load(chunk: LogChunk, member: Member): Promise<MemberRead & { bytes: number }> {
  const where = `chunk ${chunk.chunkNumber}, rows ${member.startSequence} to ${member.endSequence}`;
  let bytes: Buffer | null;
  try {
    bytes = await objectStore().get(chunk.src, { offset: member.offset, length: member.length });
  } catch (error) {
    console.error(`The object store did not give ${chunk.src}:`, error);
    return {
      ok: false,
      reason: "unreadable",
      detail: `The object store did not answer for ${where}.`,
      bytes: 0,
    };
  }
  if (!bytes) return { ok: false, reason: "missing", detail: `The object of ${where} is gone.`, bytes: 0 };
  if (bytes.length < member.length) {
    return { ok: false, reason: "damaged", detail: `The object of ${where} is cut short.`, bytes: 0 };
  }
  if (createHash("sha256").update(bytes).digest("hex") !== member.sha256) {
    return { ok: false, reason: "damaged", detail: `The object of ${where} fails its checksum.`, bytes: 0 };
  }
  const text = (await unzip(bytes)).toString("utf8");
  const entries = text.split("\n").filter(Boolean).map(fromLine);
  // The decoded strings, and the objects around them.
  return { ok: true, entries, bytes: text.length * 2 + entries.length * 300 };
}
