import { cutEnd, fold, isToken, longestToken, shortestToken, tokenEnd, tokenStart } from "@/lib/logs/tokens";

/** Beyond this a chunk gets no filter: it would be larger than the rows are worth, and every token is held in memory. */
const mostTokens = 1 << 21;
/** A chunk of 50,000 rows has some hundred thousand; a megabyte is nothing beside its lines. */
const firstPlaces = 1 << 18;

/* What a loop over every character needs is this module's own: an imported name costs a call where modules are CommonJS. */
const shortest = shortestToken;
const longest = longestToken;
const seed = 0x811c9dc5 | 0;
const prime = 0x01000193;

/** The folded unit of each ASCII character that words are made of; 0 for the others. */
const foldedAscii = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const folded = fold(String.fromCharCode(unit));
  if (tokenStart(folded, 0) === 0) foldedAscii[unit] = folded.charCodeAt(0);
}

/** The distinct tokens of a chunk, by their hashes. Tokens with equal hashes have the same bits, so one entry does for both. */
export class TokenSet {
  /** Hashes by open addressing; 0 is an empty place. */
  private places = new Int32Array(firstPlaces);
  private count = 0;

  get size(): number {
    return this.count;
  }

  get isOverfull(): boolean {
    return this.count >= mostTokens;
  }

  /** Adds every token of a text. */
  addText(text: string): void {
    if (!this.isOverfull && !this.addAscii(text)) this.addAny(text);
  }

  /** Most texts, in one pass and without a string per token: a chunk has millions of them. False when it is another text. */
  private addAscii(text: string): boolean {
    const { length } = text;
    let hash = seed;
    let units = 0;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 127) return false;
      const folded = foldedAscii[unit] ?? 0;
      if (folded !== 0) {
        if (units < longest) hash = Math.imul(hash ^ folded, prime);
        units++;
      } else if (units !== 0) {
        if (units >= shortest) this.add(mix(hash) || 1);
        hash = seed;
        units = 0;
      }
    }
    if (units >= shortest) this.add(mix(hash) || 1);
    return true;
  }

  private addAny(text: string): void {
    const folded = fold(text);
    for (let start = tokenStart(folded, 0); start < folded.length; ) {
      const end = tokenEnd(folded, start);
      if (isToken(start, end)) this.add(hashToken(folded, start, cutEnd(start, end)));
      start = tokenStart(folded, end);
    }
  }

  eachHash(found: (hash: number) => void): void {
    for (let place = 0; place < this.places.length; place++) {
      const hash = this.places[place] ?? 0;
      if (hash !== 0) found(hash);
    }
  }

  private add(hash: number): void {
    const { places } = this;
    const mask = places.length - 1;
    let place = hash & mask;
    for (let found = places[place]; found !== 0; found = places[place]) {
      if (found === hash) return;
      place = (place + 1) & mask;
    }
    places[place] = hash;
    if (++this.count * 2 > places.length) this.grow();
  }

  private grow(): void {
    const old = this.places;
    this.places = new Int32Array(old.length * 2);
    this.count = 0;
    for (let place = 0; place < old.length; place++) {
      const hash = old[place] ?? 0;
      if (hash !== 0) this.add(hash);
    }
  }
}

/**
 * The hash of a token, never 0: FNV-1a over its UTF-16 units, then murmur's finalizer. It is part of chunk format 2, because
 * filters in the store were built with it.
 */
export function hashToken(folded: string, start = 0, end = folded.length): number {
  let hash = seed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ folded.charCodeAt(at), prime);
  return mix(hash) || 1;
}

/** Spreads every bit of a hash over all of them (murmur's finalizer). */
export function mix(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
