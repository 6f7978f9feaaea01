import { crc32 } from "node:zlib";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { ByteRange } from "@/lib/objects/object-store";
import { afterPayload, beforePayload } from "./empty-member";
import { hashToken, mix, type TokenSet } from "./token-set";

/*
 * The token filter of a chunk, a Bloom filter in pages: all bits of a token lie in one page, so one read of at most 4 KB
 * answers for it. A page ends with the CRC-32 of its bits, because a filter with a lost bit would hide rows: a page that
 * cannot be trusted answers "may hold".
 */

export type Bloom = NonNullable<LogChunkIndex["bloom"]>;
export type BloomShape = Omit<Bloom, "offset">;

const bitsPerToken = 16;
const bitsSetPerToken = 6;
const largestPage = 4096;
const smallestPage = 64;
const checksumBytes = 4;

/** Pages that share one member of the footer. */
const pagesPerPart = 4;
/** Between the last page of a part and the first of the next one one gzip member ends and another begins. */
const betweenParts = afterPayload + beforePayload;

/** The pages of a filter over the tokens, grouped as the members of the footer carry them. */
export function buildBloom(tokens: TokenSet): { shape: BloomShape; parts: Buffer[] } {
  const shape = shapeFor(tokens.size);
  const { pages, pageBytes } = shape;
  const filter = Buffer.alloc(pages * pageBytes);
  tokens.eachHash((hash) => {
    const start = pageOf(shape, hash) * pageBytes;
    for (let n = 0; n < shape.hashes; n++) {
      const bit = bitOf(shape, hash, n);
      const at = start + (bit >>> 3);
      filter[at] = (filter[at] ?? 0) | (1 << (bit & 7));
    }
  });
  for (let end = pageBytes; end <= filter.length; end += pageBytes) {
    const bits = filter.subarray(end - pageBytes, end - checksumBytes);
    filter.writeUInt32LE(crc32(bits), end - checksumBytes);
  }
  const partBytes = pagesPerPart * pageBytes;
  const count = Math.ceil(filter.length / partBytes);
  const parts = Array.from({ length: count }, (_, n) => filter.subarray(n * partBytes, (n + 1) * partBytes));
  return { shape, parts };
}

/** Where in the object the page lies that answers for a token (as `tokensOf` gives it). */
export function pageFor(bloom: Bloom, token: string): ByteRange {
  return pageRange(bloom, pageOf(bloom, hashToken(token)));
}

/** Where the `page`-th page of a filter lies in the object. */
export function pageRange({ offset, pageBytes }: Bloom, page: number): ByteRange {
  return {
    offset: offset + page * pageBytes + Math.floor(page / pagesPerPart) * betweenParts,
    length: pageBytes,
  };
}

/** False only when no row of the chunk has the token. A page that is damaged or cut short may hold everything. */
export function pageMayHold(bloom: Bloom, page: Buffer, token: string): boolean {
  if (!isIntactPage(bloom, page)) return true;
  const hash = hashToken(token);
  for (let n = 0; n < bloom.hashes; n++) {
    const bit = bitOf(bloom, hash, n);
    if (((page[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

export function isIntactPage({ pageBytes }: BloomShape, page: Buffer): boolean {
  if (page.length !== pageBytes) return false;
  const end = pageBytes - checksumBytes;
  return crc32(page.subarray(0, end)) === page.readUInt32LE(end);
}

/** Few tokens share one small page; many get pages of one size, so that a cache holds them well. */
function shapeFor(tokens: number): BloomShape {
  const bytes = Math.ceil((tokens * bitsPerToken) / 8);
  let pageBytes = smallestPage;
  while (pageBytes < largestPage && pageBytes - checksumBytes < bytes) pageBytes *= 2;
  const pages = Math.max(1, Math.ceil(bytes / (pageBytes - checksumBytes)));
  return { pageBytes, pages, hashes: bitsSetPerToken, tokens };
}

function pageOf({ pages }: BloomShape, hash: number): number {
  return Math.floor(((hash >>> 0) / 2 ** 32) * pages);
}

/** The n-th bit of a token in its page, by double hashing. Mixed anew: the high bits of the hash have chosen the page already. */
function bitOf({ pageBytes }: BloomShape, hash: number, n: number): number {
  const step = mix(hash ^ 0x9e3779b9) | 1;
  const at = mix(hash ^ 0x85ebca6b) + Math.imul(n, step);
  return (at >>> 0) % ((pageBytes - checksumBytes) * 8);
}
