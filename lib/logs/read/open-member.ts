import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import type { LogChunkIndex, ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { objectStore } from "@/lib/objects/store";
import type { LogGapRow } from "../schema";

export type Member = LogChunkIndex["members"][number];

export interface Unreadable {
  ok: false;
  reason: Extract<LogGapRow["reason"], "damaged" | "missing" | "unreadable">;
  detail: string;
}

const unzip = promisify(gunzip);
/** No member that was written unpacks to more (lib/archive/members.ts ends them early). */
const largestMember = 64 * 1024 * 1024;
/** Takes a third of a millisecond to unpack, which is less than to hand it to another thread and back. */
const smallMember = 512 * 1024;

/** The bytes of members that lie one behind the other, in one read. An aborted signal is thrown, not an answer. */
export async function fetchMembers(
  chunk: ReadableChunk,
  members: Member[],
  signal?: AbortSignal,
): Promise<{ ok: true; bytes: Buffer } | Unreadable> {
  const offset = members[0]?.offset ?? 0;
  const last = members.at(-1);
  const length = last ? last.offset + last.length - offset : 0;
  try {
    const bytes = await objectStore().get(chunk.src, { offset, length }, { signal });
    if (bytes) return { ok: true, bytes };
    return { ok: false, reason: "missing", detail: `The object of ${placeOf(chunk, members)} is gone.` };
  } catch (error) {
    signal?.throwIfAborted();
    console.error(`The object store did not give ${chunk.src}:`, error);
    const detail = `The object store did not answer for ${placeOf(chunk, members)}.`;
    return { ok: false, reason: "unreadable", detail };
  }
}

/**
 * The lines of a member, as bytes. Its hash is checked before a byte is trusted (I4). `alone`: it is the only one that is
 * wanted now; many at once are unpacked beside each other on other threads.
 */
export async function openMember(
  chunk: ReadableChunk,
  member: Member,
  bytes: Buffer,
  { alone = false } = {},
): Promise<{ ok: true; lines: Buffer } | Unreadable> {
  const damaged = (what: string): Unreadable => {
    return { ok: false, reason: "damaged", detail: `The object of ${placeOf(chunk, [member])} ${what}.` };
  };
  if (bytes.length < member.length) return damaged("is cut short");
  if (createHash("sha256").update(bytes).digest("hex") !== member.sha256)
    return damaged("fails its checksum");
  // A gzip member ends with the length of what it holds: unpacked into one buffer of that size, it takes one turn.
  const chunkSize = Math.min(largestMember, Math.max(64, bytes.readUInt32LE(bytes.length - 4) + 1));
  try {
    const inPlace = alone && chunkSize <= smallMember;
    return {
      ok: true,
      lines: inPlace ? gunzipSync(bytes, { chunkSize }) : await unzip(bytes, { chunkSize }),
    };
  } catch {
    return damaged("cannot be unpacked");
  }
}

function placeOf(chunk: ReadableChunk, members: Member[]): string {
  return `chunk ${chunk.chunkNumber}, rows ${members[0]?.startSequence} to ${members.at(-1)?.endSequence}`;
}
