/** The messages of PostgreSQL's wire protocol (version 3.0) that the bridge sends; values travel in binary. */

/** A Buffer is sent in binary format, a string in text format (for numbers, arrays and the like). */
export type PgValue = Buffer | string | null;

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.allocUnsafe(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

const zero = Buffer.from([0]);
const cstring = (text: string) => Buffer.concat([Buffer.from(text), zero]);

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value, 0);
  return bytes;
}

function int16s(values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(2 * values.length);
  values.forEach((value, index) => {
    bytes.writeInt16BE(value, 2 * index);
  });
  return bytes;
}

/** Messages before the session is up carry no type byte. */
function untyped(body: Buffer): Buffer {
  return Buffer.concat([int32(4 + body.length), body]);
}

export function startup(parameters: Record<string, string>): Buffer {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [cstring(name), cstring(value)]);
  return untyped(Buffer.concat([int32(3 << 16), ...pairs, zero]));
}

/** Sent on a connection of its own; PostgreSQL then interrupts the statement of the session with this key. */
export function cancelRequest(backendKey: Buffer): Buffer {
  return untyped(Buffer.concat([int32((1234 << 16) | 5678), backendKey]));
}

export function saslInitial(mechanism: string, first: string): Buffer {
  const bytes = Buffer.from(first);
  return message("p", Buffer.concat([cstring(mechanism), int32(bytes.length), bytes]));
}

export const saslResponse = (text: string) => message("p", Buffer.from(text));
export const simpleQuery = (sql: string) => message("Q", cstring(sql));
export const terminate = () => message("X", Buffer.alloc(0));
export const parse = (name: string, sql: string) =>
  message("P", Buffer.concat([cstring(name), cstring(sql), int16s([0])]));

const execute = message("E", Buffer.concat([zero, int32(0)]));
const sync = message("S", Buffer.alloc(0));

/** Bind, Execute and Sync of a prepared statement. Large values are not copied: the caller writes the pieces in turn. */
export function bindAndExecute(statement: string, values: PgValue[]): Buffer[] {
  const encoded = values.map((value) => (typeof value === "string" ? Buffer.from(value) : value));
  const formats = values.map((value) => (typeof value === "string" ? 0 : 1));
  const prefix = Buffer.concat([
    zero,
    cstring(statement),
    int16s([formats.length, ...formats, values.length]),
  ]);
  const suffix = int16s([1, 1]);
  const size = encoded.reduce((sum, value) => sum + 4 + (value?.length ?? 0), prefix.length + suffix.length);
  const pieces = [Buffer.from("B"), int32(4 + size), prefix];
  for (const value of encoded) {
    pieces.push(int32(value?.length ?? -1));
    if (value) pieces.push(value);
  }
  pieces.push(suffix, execute, sync);
  return pieces;
}
