import { BSON, type Document } from "mongodb";
import { CommandError } from "./errors";

/** What `hello` announces; a longer message ends the connection. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** Fields larger than this are documents to write or pipelines: they go to the engine unread. */
const READ_LIMIT_BYTES = 4096;

export type WireMessage = {
  requestId: number;
  /** The driver's very first message still comes as OP_QUERY and is answered in kind. */
  legacy: boolean;
  /** Unacknowledged writes expect no answer. */
  wantsReply: boolean;
  body: Buffer;
  /** The documents of a kind 1 section (BSON documents one after the other), when the driver sent one. */
  sequence: Buffer | null;
};

/** Cuts the byte stream of a socket into messages. */
export class MessageReader {
  #chunks: Buffer[] = [];
  #buffered = 0;
  #wanted = 16;

  /** Throws when the peer announces a message longer than allowed: the stream cannot be followed any further. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#wanted) return [];
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#buffered);
    const messages: Buffer[] = [];
    this.#wanted = 16;
    while (bytes.length >= 16) {
      const size = bytes.readInt32LE(0);
      if (size < 16 || size > MAX_MESSAGE_BYTES)
        throw new Error(`a message of ${size} bytes is not acceptable`);
      this.#wanted = size;
      if (bytes.length < size) break;
      messages.push(bytes.subarray(0, size));
      bytes = bytes.subarray(size);
      this.#wanted = 16;
    }
    this.#chunks = bytes.length ? [bytes] : [];
    this.#buffered = bytes.length;
    return messages;
  }
}

/** Reads OP_MSG and OP_QUERY; throws on anything else, since nothing else is announced in `hello`. */
export function readMessage(bytes: Buffer): WireMessage {
  const requestId = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === OP_QUERY) {
    const body = bytes.subarray(bytes.indexOf(0, 20) + 9);
    return { requestId, legacy: true, wantsReply: true, body, sequence: null };
  }
  if (opcode !== OP_MSG) throw new Error(`opcode ${opcode} is not supported`);
  const flags = bytes.readUInt32LE(16);
  const end = flags & CHECKSUM_PRESENT ? bytes.length - 4 : bytes.length;
  let body: Buffer | null = null;
  let sequence: Buffer | null = null;
  for (let offset = 20; offset < end; ) {
    const kind = bytes[offset];
    const size = bytes.readInt32LE(offset + 1);
    const section = bytes.subarray(offset + 1, offset + 1 + size);
    if (size < 5 || section.length < size) throw new Error("a section is longer than its message");
    if (kind === 0) body = section;
    else sequence = section.subarray(section.indexOf(0, 4) + 1);
    offset += 1 + size;
  }
  if (!body) throw new Error("a message without a body section");
  return { requestId, legacy: false, wantsReply: !(flags & MORE_TO_COME), body, sequence };
}

/** The small top-level fields of a command, in order. What was left out is still in the body that the engine gets. */
export function readFields(body: Buffer): Document {
  try {
    const pieces: Uint8Array[] = [];
    for (const [, nameOffset, , offset, length] of BSON.onDemand.parseToElements(body)) {
      // The first field names the command, so it is read at any size.
      if (pieces.length === 0 || length <= READ_LIMIT_BYTES) {
        pieces.push(body.subarray(nameOffset - 1, offset + length));
      }
    }
    const small = Buffer.concat([Buffer.alloc(4), ...pieces, Buffer.alloc(1)]);
    small.writeInt32LE(small.length, 0);
    return BSON.deserialize(small, { useBigInt64: true });
  } catch (error) {
    throw new CommandError("FailedToParse", `the command is not valid BSON: ${String(error)}`);
  }
}

export function writeReply(message: WireMessage, reply: Uint8Array): Buffer[] {
  const head = Buffer.alloc(message.legacy ? 36 : 21);
  head.writeInt32LE(head.length + reply.length, 0);
  head.writeInt32LE(message.requestId, 8);
  head.writeInt32LE(message.legacy ? OP_REPLY : OP_MSG, 12);
  if (message.legacy) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return [head, Buffer.from(reply.buffer, reply.byteOffset, reply.length)];
}
