import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Span } from "@/lib/logs/spans";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { BloomShape } from "./bloom";
import { afterPayload, beforePayload, emptyMember, largestPayload, payloadAt } from "./empty-member";
import { indexFromJson, indexToJson } from "./footer-json";

/*
 * Chunk format 2. Behind the members of rows stand empty ones (empty-member.ts), so that a chunk explains itself without
 * MongoDB and stays an ordinary .jsonl.gz:
 *
 *   SB …  the pages of the token filter, four to a member
 *   SI …  the index as JSON (footer-json.ts), deflated, in as many members as it takes
 *   ST    always the last 74 bytes: u32 format, u32 length of the deflated index, u64 offset of the first SI member,
 *         SHA-256 of the deflated index; little-endian
 *
 * Nothing in a chunk depends on when, where or under which lease it was written: the same rows give the same bytes.
 */

type IndexField = "members" | "bloom" | "histogram" | "templates" | "otherTemplates" | "slotWidth" | "facets";

/** What a chunk says about itself. */
export interface ChunkIndex extends Pick<LogChunkIndex, IndexField> {
  /** Bytes of the lines before compression. */
  rawBytes: number;
  /** Numbers of the range without a row. */
  tombstones: Span[];
}

export const chunkFormat = 2;
const tailPayload = 48;
export const tailBytes = beforePayload + tailPayload + afterPayload;

export interface Tail {
  format: number;
  /** Where the first member of the index begins. */
  indexOffset: number;
  indexLength: number;
  indexSha256: Buffer;
}

/** The footer of a chunk whose rows end at `offset`, and the index with the place of the filter in it. */
export function encodeFooter(
  offset: number,
  index: Omit<ChunkIndex, "bloom">,
  bloom: { shape: BloomShape; parts: Buffer[] } | null,
): { bytes: Buffer; index: ChunkIndex } {
  const pages = Buffer.concat(bloom?.parts.map((part) => emptyMember("SB", part)) ?? []);
  const complete: ChunkIndex = {
    ...index,
    ...(bloom && { bloom: { offset: offset + beforePayload, ...bloom.shape } }),
  };
  const deflated = deflateRawSync(indexToJson(complete), { level: 9 });
  const parts = Array.from({ length: Math.ceil(deflated.length / largestPayload) }, (_, n) =>
    emptyMember("SI", deflated.subarray(n * largestPayload, (n + 1) * largestPayload)),
  );
  const tail = Buffer.alloc(tailPayload);
  tail.writeUInt32LE(chunkFormat, 0);
  tail.writeUInt32LE(deflated.length, 4);
  tail.writeBigUInt64LE(BigInt(offset + pages.length), 8);
  createHash("sha256").update(deflated).digest().copy(tail, 16);
  return { bytes: Buffer.concat([pages, ...parts, emptyMember("ST", tail)]), index: complete };
}

/** The last bytes of an object as a tail; null when the object has no footer. */
export function decodeTail(end: Buffer): Tail | null {
  const payload = payloadAt(end, end.length - tailBytes, "ST");
  if (payload?.length !== tailPayload) return null;
  return {
    format: payload.readUInt32LE(0),
    indexLength: payload.readUInt32LE(4),
    indexOffset: Number(payload.readBigUInt64LE(8)),
    indexSha256: payload.subarray(16),
  };
}

/** The JSON text of the index out of the bytes from its first member on; null when they are not what the tail names. */
export function decodeIndexText(tail: Tail, bytes: Buffer): string | null {
  const parts: Buffer[] = [];
  let at = 0;
  for (let left = tail.indexLength; left > 0; ) {
    const part = payloadAt(bytes, at, "SI");
    if (!part || part.length === 0) return null;
    parts.push(part);
    left -= part.length;
    at += beforePayload + part.length + afterPayload;
  }
  const deflated = Buffer.concat(parts);
  if (!createHash("sha256").update(deflated).digest().equals(tail.indexSha256)) return null;
  return inflateRawSync(deflated).toString("utf8");
}

export function decodeIndex(tail: Tail, bytes: Buffer): ChunkIndex | null {
  const text = decodeIndexText(tail, bytes);
  return text === null ? null : indexFromJson(text);
}
