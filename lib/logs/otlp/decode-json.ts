import { isUtf8 } from "node:buffer";
import { AppError } from "@/lib/errors";
import { JsonCursor, JsonTextError } from "../json-cursor";
import { readAttributes, readValue } from "./any-value-json";
import { isNull, readEnum, readHexId, readInteger, readList, readMessage, readText } from "./json-values";
import {
  attributesMember,
  entityRefValue,
  listMember,
  newRecord,
  type OtlpAttribute,
  type OtlpItem,
  type OtlpRecord,
  type OtlpResource,
  type OtlpValue,
  objectText,
  textValue,
} from "./model";

/** The records of a request, one at a time; the same as `decodeProtobuf` for the same request in JSON. */
export function* decodeJson(body: Buffer): Generator<OtlpItem> {
  // Decoding would replace broken bytes without a word.
  if (!isUtf8(body)) throw new AppError("bad_input", "The body is not UTF-8.");
  try {
    const cursor = new JsonCursor(body.toString("utf8"));
    const request = placesOf(cursor, "The request");
    const end = cursor.at;
    yield* listAt(cursor, request.get("resourceLogs"), "resourceLogs", resourceLogs);
    cursor.at = end;
    cursor.end("object");
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new AppError("bad_input", `The body is no OTLP logs request in JSON: ${error.message}.`);
  }
}

function* resourceLogs(cursor: JsonCursor): Generator<OtlpItem> {
  const places = placesOf(cursor, "An element of resourceLogs");
  const end = cursor.at;
  const schemaUrl = textAt(cursor, places, "schemaUrl");
  const resource = readResource(goTo(cursor, places.get("resource")), schemaUrl);
  yield* listAt(cursor, places.get("scopeLogs"), "scopeLogs", (at) => scopeLogs(at, resource));
  cursor.at = end;
}

function* scopeLogs(cursor: JsonCursor, resource: OtlpResource): Generator<OtlpItem> {
  const places = placesOf(cursor, "An element of scopeLogs");
  const end = cursor.at;
  const schemaUrl = textAt(cursor, places, "schemaUrl");
  const scopeText = readScope(goTo(cursor, places.get("scope")), schemaUrl);
  yield* listAt(cursor, places.get("logRecords"), "logRecords", function* (at) {
    yield { resource, scopeText, record: readRecord(at) };
  });
  cursor.at = end;
}

/** Where the fields of an object stand: what is read first need not come first. */
function placesOf(cursor: JsonCursor, what: string): Map<string, number> {
  if (isNull(cursor)) return new Map();
  if (cursor.kind() !== "object") throw cursor.error(`${what} must be an object`);
  return cursor.places();
}

function goTo(cursor: JsonCursor, place: number | undefined): JsonCursor | null {
  if (place === undefined) return null;
  cursor.at = place;
  return cursor;
}

function textAt(cursor: JsonCursor, places: Map<string, number>, name: string): string {
  const at = goTo(cursor, places.get(name));
  return at ? readText(at, name) : "";
}

function* listAt(
  cursor: JsonCursor,
  place: number | undefined,
  name: string,
  each: (cursor: JsonCursor) => Generator<OtlpItem>,
): Generator<OtlpItem> {
  if (goTo(cursor, place) === null || isNull(cursor)) return;
  if (cursor.kind() !== "array") throw cursor.error(`${name} must be an array`);
  for (const _ of cursor.items()) yield* each(cursor);
}

function readResource(cursor: JsonCursor | null, schemaUrl: string): OtlpResource {
  let attributes: OtlpAttribute[] = [];
  let droppedAttributesCount = 0n;
  const entityRefs: OtlpValue[] = [];
  if (cursor) {
    readMessage(cursor, "resource", (name) => {
      if (name === "attributes") attributes = readAttributes(cursor, name);
      else if (name === "droppedAttributesCount")
        droppedAttributesCount = readInteger(cursor, name, "uint32");
      else if (name === "entityRefs") readList(cursor, name, () => entityRefs.push(readEntityRef(cursor)));
      else cursor.skip();
    });
  }
  const text = objectText({
    attributes: attributesMember(attributes),
    droppedAttributesCount,
    entityRefs: listMember(entityRefs),
    schemaUrl,
  });
  return { text, attributes };
}

function readEntityRef(cursor: JsonCursor): OtlpValue {
  const ref = { schemaUrl: "", type: "", idKeys: [] as OtlpValue[], descriptionKeys: [] as OtlpValue[] };
  readMessage(cursor, "An element of entityRefs", (name) => {
    if (name === "schemaUrl" || name === "type") ref[name] = readText(cursor, name);
    else if (name === "idKeys" || name === "descriptionKeys")
      readList(cursor, name, () => ref[name].push(textValue(readText(cursor, name))));
    else cursor.skip();
  });
  return entityRefValue(ref);
}

function readScope(cursor: JsonCursor | null, schemaUrl: string): string | null {
  const scope = { name: "", version: "" };
  let attributes: OtlpAttribute[] = [];
  let droppedAttributesCount = 0n;
  if (cursor) {
    readMessage(cursor, "scope", (name) => {
      if (name === "name" || name === "version") scope[name] = readText(cursor, name);
      else if (name === "attributes") attributes = readAttributes(cursor, name);
      else if (name === "droppedAttributesCount")
        droppedAttributesCount = readInteger(cursor, name, "uint32");
      else cursor.skip();
    });
  }
  return objectText({
    ...scope,
    attributes: attributesMember(attributes),
    droppedAttributesCount,
    schemaUrl,
  });
}

function readRecord(cursor: JsonCursor): OtlpRecord {
  const record = newRecord();
  readMessage(cursor, "An element of logRecords", (name) => {
    switch (name) {
      case "timeUnixNano":
      case "observedTimeUnixNano":
        record[name] = readInteger(cursor, name, "uint64");
        break;
      case "severityNumber":
        record.severityNumber = readEnum(cursor, name);
        break;
      case "severityText":
      case "eventName":
        record[name] = readText(cursor, name);
        break;
      case "body":
        record.body = cursor.kind() === "null" ? null : readValue(cursor, name);
        if (record.body === null) cursor.skip();
        break;
      case "attributes":
        record.attributes = readAttributes(cursor, name);
        break;
      case "droppedAttributesCount":
      case "flags":
        record[name] = Number(readInteger(cursor, name, "uint32"));
        break;
      case "traceId":
        record.traceId = readHexId(cursor, name, 16);
        break;
      case "spanId":
        record.spanId = readHexId(cursor, name, 8);
        break;
      default:
        cursor.skip();
    }
  });
  return record;
}
