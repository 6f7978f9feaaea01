import { isUtf8 } from "node:buffer";
import { AppError } from "@/lib/errors";
import type { LokiLabels } from "./model";

const name = /\s*(?:([^\s"`={},]+)|("(?:[^"\\\n]|\\.)*"))\s*=\s*/y;
const value = /("(?:[^"\\\n]|\\.)*"|`[^`]*`)\s*/y;
/** What Go's strconv writes and reads between double quotes. */
const piece =
  /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|[^\\]+|\\/g;
const escapes: Record<string, number> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
};

/** The labels of a stream as its protobuf form spells them: `{app="web", host="a\"b"}`. */
export function parseLabels(text: string): LokiLabels {
  const labels: LokiLabels = new Map();
  const braced = text.trim();
  if (!braced.startsWith("{") || !braced.endsWith("}") || braced.length < 2) throw malformed(text);
  const inner = braced.slice(1, -1).trim();
  for (let at = 0; at < inner.length; ) {
    const [named, plain, quoted] = matchAt(name, inner, at) ?? [];
    if (named === undefined) throw malformed(text);
    const [valued, literal] = matchAt(value, inner, at + named.length) ?? [];
    if (valued === undefined || literal === undefined) throw malformed(text);
    const key = plain ?? unquote(quoted ?? "", text);
    if (labels.has(key)) throw malformed(text);
    labels.set(key, unquote(literal, text));
    at += named.length + valued.length;
    if (at < inner.length && inner[at++] !== ",") throw malformed(text);
  }
  return labels;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function unquote(literal: string, labels: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`") || !inner.includes("\\")) return inner;
  const bytes: Buffer[] = [];
  for (const [whole, letter, hex, octal, short, long] of inner.matchAll(piece)) {
    if (whole === "\\") throw malformed(labels);
    // \x and octal are bytes, of which several make a character; \u and \U are characters.
    const byte = letter
      ? escapes[letter]
      : (hex ?? octal) && Number.parseInt(hex ?? octal ?? "", hex ? 16 : 8);
    const character = short ?? long;
    if (typeof byte === "number") {
      if (byte > 255) throw malformed(labels);
      bytes.push(Buffer.from([byte]));
    } else bytes.push(Buffer.from(character ? characterOf(character, labels) : whole));
  }
  const joined = Buffer.concat(bytes);
  if (!isUtf8(joined)) throw malformed(labels);
  return joined.toString("utf8");
}

function characterOf(hex: string, labels: string): string {
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw malformed(labels);
  return String.fromCodePoint(code);
}

function malformed(labels: string): AppError {
  const shown = labels.length > 200 ? `${labels.slice(0, 200)}…` : labels;
  return new AppError("bad_input", `These labels of a stream cannot be read: ${shown}.`);
}
