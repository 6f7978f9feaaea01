import { isUtf8 } from "node:buffer";
import { AppError } from "@/lib/errors";
import { JsonCursor, JsonTextError } from "../json-cursor";
import type { LokiItem, LokiLabels } from "./model";

/** The lines of a push in JSON, one at a time: `{"streams":[{"stream":{labels},"values":[[time, line, labels?]]}]}`. */
export function* decodeJson(body: Buffer): Generator<LokiItem> {
  if (!isUtf8(body)) throw new AppError("bad_input", "The body is not UTF-8.");
  try {
    const cursor = new JsonCursor(body.toString("utf8"));
    const places = placesOf(cursor, "The push");
    const end = cursor.at;
    const streams = places.get("streams");
    if (streams === undefined) throw cursor.error('The push has no "streams"');
    cursor.at = streams;
    for (const _ of itemsOf(cursor, "streams")) yield* stream(cursor);
    cursor.at = end;
    cursor.end("object");
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new AppError("bad_input", `The body is no push to Loki in JSON: ${error.message}.`);
  }
}

function* stream(cursor: JsonCursor): Generator<LokiItem> {
  const places = placesOf(cursor, "An element of streams");
  const end = cursor.at;
  cursor.at = places.get("stream") ?? end;
  if (cursor.at === end) throw cursor.error('A stream has no "stream", which are its labels, before');
  const labels = readLabels(cursor, "stream");
  const values = places.get("values");
  if (values !== undefined) {
    cursor.at = values;
    for (const _ of itemsOf(cursor, "values")) yield readEntry(cursor, labels);
  }
  cursor.at = end;
}

function readEntry(cursor: JsonCursor, labels: LokiLabels): LokiItem {
  const item: LokiItem = { labels, timeUnixNano: null, line: "", structuredMetadata: new Map() };
  let index = 0;
  for (const _ of itemsOf(cursor, "An element of values")) {
    if (index === 0) item.timeUnixNano = readNanoseconds(cursor);
    else if (index === 1) item.line = readString(cursor, "The line of an entry");
    else if (index === 2) item.structuredMetadata = readLabels(cursor, "The structured metadata of an entry");
    else throw cursor.error("An entry has a time, a line and structured metadata, and nothing more");
    index++;
  }
  if (index < 2) throw cursor.error("An entry must have a time and a line; one ends too early");
  return item;
}

function readNanoseconds(cursor: JsonCursor): bigint {
  const start = cursor.at;
  const text = readString(cursor, "The time of an entry");
  const nanoseconds = /^-?\d{1,19}$/.test(text) ? BigInt(text) : null;
  if (nanoseconds === null || BigInt.asIntN(64, nanoseconds) !== nanoseconds) {
    cursor.at = start;
    throw cursor.error("The time of an entry must be nanoseconds since 1970, as a string of digits");
  }
  return nanoseconds;
}

function readLabels(cursor: JsonCursor, what: string): LokiLabels {
  const labels: LokiLabels = new Map();
  if (cursor.kind() !== "object") throw cursor.error(`${what} must be an object of strings`);
  cursor.members((name) => {
    if (labels.has(name)) throw cursor.error(`${what} has ${JSON.stringify(name)} twice`);
    labels.set(name, readString(cursor, `Label ${JSON.stringify(name)}`));
  });
  return labels;
}

function readString(cursor: JsonCursor, what: string): string {
  if (cursor.kind() !== "string") throw cursor.error(`${what} must be a string`);
  return cursor.string();
}

function itemsOf(cursor: JsonCursor, what: string): Generator<undefined> {
  if (cursor.kind() !== "array") throw cursor.error(`${what} must be an array`);
  return cursor.items();
}

function placesOf(cursor: JsonCursor, what: string): Map<string, number> {
  if (cursor.kind() !== "object") throw cursor.error(`${what} must be an object`);
  return cursor.places();
}
