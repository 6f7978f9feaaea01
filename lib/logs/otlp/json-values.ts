import type { JsonCursor } from "../json-cursor";

/*
 * Values of the JSON form of protobuf, as OTLP narrows it: 64-bit integers as strings or numbers, enums as numbers only,
 * ids as hex, null as "not given". `what` names the field in the error.
 */

export function readText(cursor: JsonCursor, what: string): string {
  if (isNull(cursor)) return "";
  if (cursor.kind() !== "string") throw cursor.error(`${what} must be a string`);
  return cursor.string();
}

export function readBoolean(cursor: JsonCursor, what: string): boolean {
  if (isNull(cursor)) return false;
  if (cursor.kind() !== "boolean") throw cursor.error(`${what} must be true or false`);
  return cursor.value() === true;
}

const bounds = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
} as const;

export function readInteger(cursor: JsonCursor, what: string, type: keyof typeof bounds): bigint {
  if (isNull(cursor)) return 0n;
  const start = cursor.at;
  const token = numberText(cursor, what);
  const [least, most] = bounds[type];
  const value = /^-?\d{1,20}$/.test(token) ? BigInt(token) : null;
  if (value === null || value < least || value > most) {
    cursor.at = start;
    throw cursor.error(`${what} must be an integer (${type})`);
  }
  return value;
}

export function readEnum(cursor: JsonCursor, what: string): number {
  if (cursor.kind() === "string") throw cursor.error(`${what} must be a number, not a name`);
  return Number(readInteger(cursor, what, "int32"));
}

export function readDouble(cursor: JsonCursor, what: string): number {
  if (isNull(cursor)) return 0;
  const start = cursor.at;
  const token = numberText(cursor, what);
  if (token === "NaN" || token === "Infinity" || token === "-Infinity") return Number(token);
  const value = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(token) ? Number(token) : Number.NaN;
  if (!Number.isFinite(value)) {
    cursor.at = start;
    throw cursor.error(`${what} must be a number that a double can hold`);
  }
  return value;
}

export function readBytes(cursor: JsonCursor, what: string): Buffer {
  const start = cursor.at;
  const text = readText(cursor, what);
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    cursor.at = start;
    throw cursor.error(`${what} must be base64`);
  }
  return Buffer.from(text, "base64");
}

/** An id of `length` bytes in hex, or "" for none. */
export function readHexId(cursor: JsonCursor, what: string, length: number): string {
  const start = cursor.at;
  const text = readText(cursor, what);
  if (text !== "" && !(text.length === length * 2 && /^[0-9a-fA-F]+$/.test(text))) {
    cursor.at = start;
    throw cursor.error(`${what} must be ${length * 2} hex digits`);
  }
  return text.toLowerCase();
}

/** Calls `each` on every element; null stands for an empty list. */
export function readList(cursor: JsonCursor, what: string, each: () => void): void {
  if (isNull(cursor)) return;
  if (cursor.kind() !== "array") throw cursor.error(`${what} must be an array`);
  cursor.elements(each);
}

/** Calls `each` on every field; null stands for a message without any. A field may be there once. */
export function readMessage(cursor: JsonCursor, what: string, each: (name: string) => void): void {
  if (isNull(cursor)) return;
  if (cursor.kind() !== "object") throw cursor.error(`${what} must be an object`);
  const seen = new Set<string>();
  cursor.members((name) => {
    if (seen.has(name)) throw cursor.error(`${JSON.stringify(name)} is there twice`);
    seen.add(name);
    each(name);
  });
}

/** Steps over null. */
export function isNull(cursor: JsonCursor): boolean {
  if (cursor.kind() !== "null") return false;
  cursor.skip();
  return true;
}

/** A number's digits as they stand in the text: a value would have lost some. */
function numberText(cursor: JsonCursor, what: string): string {
  const kind = cursor.kind();
  if (kind === "string") return cursor.string();
  if (kind !== "number") throw cursor.error(`${what} must be a number`);
  const start = cursor.at;
  cursor.number();
  return cursor.text.slice(start, cursor.at);
}
