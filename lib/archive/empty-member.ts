/*
 * A gzip member without content that carries bytes of ours in its header (RFC 1952, FEXTRA). Every tool skips it: `zcat`
 * gives the rows and nothing else.
 *
 *   10 bytes  header: magic, deflate, flag FEXTRA, no time, no flags, system unknown
 *    2        length of the extra field
 *    2        name of the subfield: two letters
 *    2        length of the payload
 *    …        payload
 *    2        an empty deflate stream
 *    8        CRC-32 and length of nothing
 *
 * gzip allows an extra field of 64 KB. DuckDB reads headers up to 32 KB and no further, so payloads here stay at 16 KB.
 */

const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff]);
const end = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

export const beforePayload = 16;
export const afterPayload = end.length;
export const largestPayload = 16 * 1024;

export type Subfield = "SB" | "SI" | "ST";

export function emptyMember(name: Subfield, payload: Buffer): Buffer {
  if (payload.length > largestPayload) throw new Error(`A subfield of ${payload.length} bytes is too long`);
  const lengths = Buffer.alloc(6);
  lengths.writeUInt16LE(payload.length + 4, 0);
  lengths.write(name, 2, "latin1");
  lengths.writeUInt16LE(payload.length, 4);
  return Buffer.concat([header, lengths, payload, end]);
}

/** The payload of the empty member that begins at `offset`; null when something else stands there. */
export function payloadAt(bytes: Buffer, offset: number, name: Subfield): Buffer | null {
  const start = offset + beforePayload;
  if (offset < 0 || start > bytes.length || !bytes.subarray(offset, offset + header.length).equals(header))
    return null;
  const length = bytes.readUInt16LE(start - 2);
  const stop = start + length;
  const isOurs =
    bytes.readUInt16LE(offset + header.length) === length + 4 &&
    bytes.toString("latin1", start - 4, start - 2) === name &&
    bytes.subarray(stop, stop + end.length).equals(end);
  return isOurs ? bytes.subarray(start, stop) : null;
}
