import { BSON, type Document } from "mongodb";
import { CommandError } from "./errors";
import { readFields, type WireMessage } from "./wire";

/** One command of a client, read as far as the bridge has to understand it. */
export type CommandRequest = {
  name: string;
  database: string;
  /** The small top-level fields; large ones (documents, pipelines) are left out. */
  fields: Document;
  /** The command as it came; the engine takes it as it is, session fields included. */
  body: Buffer;
  sequence: Buffer | null;
  /** Hexadecimal id of the logical session. */
  session: string | null;
  transactionNumber: bigint | null;
  inTransaction: boolean;
  startsTransaction: boolean;
  maxTimeMs: number;
};

export function readRequest(message: WireMessage): CommandRequest {
  const fields = readFields(message.body);
  const name = Object.keys(fields)[0];
  if (!name) throw new CommandError("FailedToParse", "an empty command");
  return {
    name,
    database: typeof fields.$db === "string" ? fields.$db : "admin",
    fields,
    body: message.body,
    sequence: message.sequence,
    session: fields.lsid === undefined ? null : sessionKey(fields.lsid),
    transactionNumber: typeof fields.txnNumber === "bigint" ? fields.txnNumber : null,
    inTransaction: fields.autocommit === false,
    startsTransaction: fields.startTransaction === true,
    maxTimeMs: Number(fields.maxTimeMS ?? 0),
  };
}

export function sessionKey(lsid: Document): string {
  if (lsid?.id?._bsontype !== "Binary") throw new CommandError("FailedToParse", "lsid.id has to be a UUID");
  return Buffer.from(lsid.id.buffer).toString("hex");
}

/** A field that has to be text, such as the name of the collection. */
export function textField(request: CommandRequest, name: string): string {
  const value: unknown = request.fields[name];
  if (typeof value === "string") return value;
  throw new CommandError("BadValue", `${request.name}.${name} has to be a string`);
}

/** The whole command, for the few whose arrays the bridge itself has to read. */
export function wholeCommand(request: CommandRequest): Document {
  return BSON.deserialize(request.body, { useBigInt64: true });
}

/** The bytes of an embedded document, exactly as the client wrote them. */
export function rawField(body: Buffer, name: string): Buffer {
  for (const [type, nameOffset, nameLength, offset, length] of BSON.onDemand.parseToElements(body)) {
    const isDocument = type === 3 && body.toString("utf8", nameOffset, nameOffset + nameLength) === name;
    if (isDocument) return body.subarray(offset, offset + length);
  }
  throw new CommandError("FailedToParse", `${name} has to be a document`);
}

export const reply = (document: Document): Uint8Array => BSON.serialize({ ...document, ok: 1 });
