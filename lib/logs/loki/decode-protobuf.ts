import snappy from "snappy";
import { AppError } from "@/lib/errors";
import { ProtobufReader } from "../protobuf-reader";
import { maxWholeBodyBytes, tooLarge } from "../read-body";
import type { LokiItem, LokiLabels } from "./model";
import { parseLabels } from "./parse-labels";

/** A push in protobuf is one block of snappy. It says first how long it will be: that is believed before it is unpacked. */
export async function unpackSnappy(body: Buffer): Promise<Buffer> {
  if (announcedLength(body) > maxWholeBodyBytes) throw tooLarge();
  try {
    return Buffer.from(await snappy.uncompress(body));
  } catch (cause) {
    throw notSnappy(cause);
  }
}

function announcedLength(body: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = body[index];
    if (byte === undefined) break;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length;
  }
  throw notSnappy();
}

/** logproto.PushRequest; the field numbers are those of Loki's push.proto. */
export function* decodeProtobuf(body: Buffer): Generator<LokiItem> {
  const request = new ProtobufReader(body);
  while (request.next()) {
    if (request.field === 1) yield* stream(request.nested());
    else request.skip();
  }
}

function* stream(about: ProtobufReader): Generator<LokiItem> {
  const entries = about.again();
  let labels = "";
  while (about.next()) {
    if (about.field === 1) labels = about.string();
    else about.skip();
  }
  const read = parseLabels(labels);
  while (entries.next()) {
    if (entries.field === 2) yield readEntry(entries.nested(), read);
    else entries.skip();
  }
}

function readEntry(message: ProtobufReader, labels: LokiLabels): LokiItem {
  const item: LokiItem = { labels, timeUnixNano: null, line: "", structuredMetadata: new Map() };
  while (message.next()) {
    if (message.field === 1) item.timeUnixNano = readTimestamp(message.nested());
    else if (message.field === 2) item.line = message.string();
    else if (message.field === 3) readLabel(message.nested(), item.structuredMetadata);
    else message.skip();
  }
  return item;
}

/** google.protobuf.Timestamp: the years 1 to 9999. */
function readTimestamp(message: ProtobufReader): bigint {
  let seconds = 0n;
  let nanos = 0;
  while (message.next()) {
    if (message.field === 1) seconds = message.int64();
    else if (message.field === 2) nanos = message.int32();
    else message.skip();
  }
  if (seconds < -62_135_596_800n || seconds > 253_402_300_799n || nanos < 0 || nanos > 999_999_999) {
    throw new AppError("bad_input", "The timestamp of an entry is outside the years 1 to 9999.");
  }
  return seconds * 1_000_000_000n + BigInt(nanos);
}

function readLabel(message: ProtobufReader, into: LokiLabels): void {
  let name = "";
  let value = "";
  while (message.next()) {
    if (message.field === 1) name = message.string();
    else if (message.field === 2) value = message.string();
    else message.skip();
  }
  if (into.has(name)) {
    throw new AppError("bad_input", `The structured metadata of an entry has ${JSON.stringify(name)} twice.`);
  }
  into.set(name, value);
}

function notSnappy(cause?: unknown): AppError {
  return new AppError(
    "bad_input",
    "The body is not compressed with snappy, as a push in protobuf has to be.",
    {
      cause,
    },
  );
}
