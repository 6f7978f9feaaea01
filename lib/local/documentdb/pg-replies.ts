/** The messages of PostgreSQL's wire protocol that the bridge receives. */

/** Columns in binary format. */
export type PgRow = (Buffer | null)[];

/** Cuts the byte stream of a session into messages: a letter for the type, and the body. */
export class PgMessageReader {
  #chunks: Buffer[] = [];
  #buffered = 0;
  #wanted = 5;

  push(chunk: Buffer): [string, Buffer][] {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#wanted) return [];
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#buffered);
    const messages: [string, Buffer][] = [];
    let offset = 0;
    this.#wanted = 5;
    while (bytes.length - offset >= 5) {
      const size = bytes.readInt32BE(offset + 1) + 1;
      if (bytes.length - offset < size) {
        this.#wanted = size;
        break;
      }
      messages.push([
        bytes.toString("latin1", offset, offset + 1),
        bytes.subarray(offset + 5, offset + size),
      ]);
      offset += size;
    }
    const rest = bytes.subarray(offset);
    this.#chunks = rest.length ? [rest] : [];
    this.#buffered = rest.length;
    return messages;
  }
}

export function readRow(body: Buffer): PgRow {
  const row: PgRow = [];
  let offset = 2;
  for (let column = body.readInt16BE(0); column > 0; column--) {
    const size = body.readInt32BE(offset);
    offset += 4;
    row.push(size < 0 ? null : body.subarray(offset, offset + size));
    offset += Math.max(size, 0);
  }
  return row;
}

/** Severity V, SQLSTATE C, message M, schema s … */
export function readErrorFields(body: Buffer): Map<string, string> {
  const fields = new Map<string, string>();
  for (let offset = 0; body[offset]; ) {
    const end = body.indexOf(0, offset + 1);
    fields.set(body.toString("latin1", offset, offset + 1), body.toString("utf8", offset + 1, end));
    offset = end + 1;
  }
  return fields;
}
