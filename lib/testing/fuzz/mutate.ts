import { gzipSync } from "node:zlib";
import type { Chance } from "./chance";

const tokens = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  "\\u0000",
  "\\ud800",
  "\n",
  "\r\n",
  "\u0000",
  "null",
  "true",
  "-",
  "1e999",
  "99999999999999999999",
  '{"$gt":""}',
  '"__proto__":1,',
  "\ufeff",
  "\u2028",
].map((token) => Buffer.from(token));

/** A body that was whole, with a few of its bytes changed, dropped, added, repeated or cut. */
export function mutate(body: Uint8Array, chance: Chance): Uint8Array<ArrayBuffer> {
  let bytes = Buffer.from(body);
  for (let left = 1 + chance.below(3); left > 0; left--) {
    const at = chance.below(bytes.length + 1);
    const end = Math.min(bytes.length, at + 1 + chance.below(8));
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (chance.below(7)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
        break;
      case 1:
        if (at < bytes.length) bytes[at] = chance.below(256);
        break;
      case 2:
        bytes = Buffer.concat([before, bytes.subarray(end)]);
        break;
      case 3:
        bytes = Buffer.concat([before, chance.pick(tokens), after]);
        break;
      case 4:
        bytes = Buffer.concat([before, bytes.subarray(at, end), after]);
        break;
      case 5:
        bytes = Buffer.from(before);
        break;
      default:
        bytes = replaceToken(bytes, chance);
    }
  }
  return Uint8Array.from(bytes);
}

/** Another kind of value where one stood: what a sender with a wrong type sends. */
function replaceToken(bytes: Buffer, chance: Chance): Buffer<ArrayBuffer> {
  const text = bytes.toString("latin1");
  const places = [...text.matchAll(/"[^"]{0,40}"|\d+|true|false|null|\{\}|\[\]/g)];
  if (places.length === 0) return Buffer.from(bytes);
  const { index, 0: token } = chance.pick(places);
  const other = chance.pick([
    '"text"',
    "7",
    "-1",
    "1.5",
    "true",
    "null",
    "{}",
    "[]",
    '{"$ne":null}',
    "[[1]]",
  ]);
  return Buffer.from(text.slice(0, index) + other + text.slice(index + token.length), "latin1");
}

export function garbage(chance: Chance): Uint8Array<ArrayBuffer> {
  switch (chance.below(6)) {
    case 0:
      return Uint8Array.from(chance.times(200, () => chance.below(256)));
    case 1:
      return Uint8Array.from(Buffer.from(chance.pick(["{", "["]).repeat(1 + chance.below(100_000))));
    case 2:
      return Uint8Array.from(Buffer.from('{"a":'.repeat(1 + chance.below(2000))));
    case 3:
      return Uint8Array.from(
        Buffer.from(chance.pick(["null", "[]", "{}", '""', "0", "[null]", "[[]]", "\ufeff{}"])),
      );
    case 4:
      return Uint8Array.from(Buffer.from(chance.pick(["\n", " ", "\u0000", ",", '"', "1"]).repeat(5000)));
    default:
      return Uint8Array.from(Buffer.alloc(chance.below(3000), 0xff));
  }
}

/** Gzip that is whole, cut, or of another content than its checksum says. */
export function badGzip(content: Uint8Array, chance: Chance): Uint8Array<ArrayBuffer> {
  const packed = gzipSync(content);
  if (chance.happens(0.5)) return Uint8Array.from(packed.subarray(0, chance.below(packed.length)));
  const at = packed.length - 1 - chance.below(8);
  packed[at] = (packed[at] ?? 0) ^ 0xff;
  return Uint8Array.from(packed);
}

let bomb: Uint8Array<ArrayBuffer> | undefined;
/** 100 KB that unpack to 100 MB. */
export function zipBomb(): Uint8Array<ArrayBuffer> {
  bomb ??= Uint8Array.from(gzipSync(Buffer.alloc(100 << 20, " ")));
  return bomb;
}
