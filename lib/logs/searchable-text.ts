/*
 * What a search looks at. Hot rows, archived rows and the filter of a chunk all take the text of an entry from here, so that
 * none of them finds what another one misses.
 */

const escaped = /\\(?:u([0-9a-fA-F]{4})|(.))/g;
const named: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The text of an entry: its message, then its metadata as JSON text with its escapes decoded. */
export function searchableText(message: string, metadataText: string | null): string {
  return metadataText === null ? message : `${message}\n${withoutEscapes(metadataText)}`;
}

/** JSON text whose escapes are the characters they stand for. */
export function withoutEscapes(json: string): string {
  if (!json.includes("\\")) return json;
  return json.replace(escaped, (_, unit: string | undefined, letter: string) =>
    unit === undefined ? (named[letter] ?? letter) : String.fromCharCode(Number.parseInt(unit, 16)),
  );
}
