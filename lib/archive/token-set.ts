import { cutEnd, fold, isToken, tokenEnd, tokenStart } from "@/lib/logs/tokens";

/** Beyond this a chunk gets no filter: it would be larger than the rows are worth, and every token is held in memory. */
const mostTokens = 1 << 21;

/** The distinct tokens of a chunk, by their hashes. Tokens with equal hashes have the same bits, so one entry does for both. */
export class TokenSet {
  /** Hashes by open addressing; 0 is an empty place. */
  private places = new Int32Array(1 << 14);
  private count = 0;

  get size(): number {
    return this.count;
  }

  get isOverfull(): boolean {
    return this.count >= mostTokens;
  }

  /** Adds every token of a text. No string is made per token: a chunk has millions of them. */
  addText(text: string): void {
    if (this.isOverfull) return;
    const folded = fold(text);
    for (let start = tokenStart(folded, 0); start < folded.length; ) {
      const end = tokenEnd(folded, start);
      if (isToken(start, end)) this.add(hashToken(folded, start, cutEnd(start, end)));
      start = tokenStart(folded, end);
    }
  }

  *hashes(): Generator<number> {
    for (const hash of this.places) if (hash !== 0) yield hash;
  }

  private add(hash: number): void {
    const { places } = this;
    const mask = places.length - 1;
    let place = hash & mask;
    for (; places[place] !== 0; place = (place + 1) & mask) if (places[place] === hash) return;
    places[place] = hash;
    if (++this.count * 2 > places.length) this.grow();
  }

  private grow(): void {
    const old = this.places;
    this.places = new Int32Array(old.length * 2);
    this.count = 0;
    for (const hash of old) if (hash !== 0) this.add(hash);
  }
}

/**
 * The hash of a token, never 0: FNV-1a over its UTF-16 units, then murmur's finalizer. It is part of chunk format 2, because
 * filters in the store were built with it.
 */
export function hashToken(folded: string, start = 0, end = folded.length): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ folded.charCodeAt(at), 0x01000193);
  return mix(hash) || 1;
}

/** Spreads every bit of a hash over all of them (murmur's finalizer). */
export function mix(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
