/*
 * Words of a text: maximal runs of letters, digits and `_`, at least 2 and at most 100 UTF-16 units of them, folded.
 * Folding comes first and the words second: then a text that contains a needle when both are folded also has every word that
 * stands whole inside the needle, whatever case folding does to its length. A filter that says "not here" relies on that.
 */

export const shortestToken = 2;
export const longestToken = 100;
const wordCharacter = /[\p{L}\p{N}_]/u;

/** Lower case; the two small sigmas are one letter, because which of them a capital becomes depends on its neighbours. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes("ς") ? lower.replaceAll("ς", "σ") : lower;
}

export function* tokensOf(text: string): Generator<string> {
  const folded = fold(text);
  for (let start = tokenStart(folded, 0); start < folded.length; ) {
    const end = tokenEnd(folded, start);
    if (isToken(start, end)) yield folded.slice(start, cutEnd(start, end));
    start = tokenStart(folded, end);
  }
}

/** Where the next run of word characters begins, from `at` on; the length of the text when there is none. */
export function tokenStart(folded: string, at: number): number {
  while (at < folded.length && widthAt(folded, at) === 0) at++;
  return at;
}

/** Where the run that begins at `start` ends. */
export function tokenEnd(folded: string, start: number): number {
  let at = start;
  for (let width = 1; width > 0 && at < folded.length; at += width) width = widthAt(folded, at);
  return at;
}

export function isToken(start: number, end: number): boolean {
  return end - start >= shortestToken;
}

export function cutEnd(start: number, end: number): number {
  return Math.min(end, start + longestToken);
}

const outside = 1;
const inside = 2;
/** What each UTF-16 unit is, 0 until it occurs; surrogates are looked up as pairs. */
const kinds = new Uint8Array(0x10000);

/** Units of the word character at `at`: two for a pair of surrogates, 0 when there is no word character. */
function widthAt(folded: string, at: number): 0 | 1 | 2 {
  const unit = folded.charCodeAt(at);
  const kind = kinds[unit];
  if (kind === inside) return 1;
  if (kind === outside) return 0;
  if (unit >= 0xd800 && unit <= 0xdfff) {
    const character = String.fromCodePoint(folded.codePointAt(at) ?? 0);
    return character.length === 2 && wordCharacter.test(character) ? 2 : 0;
  }
  kinds[unit] = wordCharacter.test(String.fromCharCode(unit)) ? inside : outside;
  return kinds[unit] === inside ? 1 : 0;
}
