import type { JsonCursor } from "../json-cursor";
import {
  readBoolean,
  readBytes,
  readDouble,
  readInteger,
  readList,
  readMessage,
  readText,
} from "./json-values";
import {
  arrayValue,
  bytesValue,
  doubleValue,
  emptyValue,
  kvlistValue,
  type OtlpAttribute,
  type OtlpValue,
  textValue,
} from "./model";

/* AnyValue and lists of KeyValue in JSON. */

export function readAttributes(cursor: JsonCursor, what: string): OtlpAttribute[] {
  const attributes: OtlpAttribute[] = [];
  readList(cursor, what, () => {
    const attribute: OtlpAttribute = { key: "", value: emptyValue };
    readMessage(cursor, "An attribute", (name) => {
      if (name === "key") attribute.key = readText(cursor, name);
      else if (name === "value") attribute.value = readValue(cursor, name);
      else cursor.skip();
    });
    attributes.push(attribute);
  });
  return attributes;
}

export function readValue(cursor: JsonCursor, what: string): OtlpValue {
  let value: OtlpValue | null = null;
  readMessage(cursor, what, (name) => {
    const read = valueReaders.get(name);
    if (!read || cursor.kind() === "null") return cursor.skip();
    if (value) throw cursor.error(`${what} has more than one value`);
    value = read(cursor, name);
  });
  return value ?? emptyValue;
}

const valueReaders = new Map<string, (cursor: JsonCursor, name: string) => OtlpValue>([
  ["stringValue", (cursor, name) => textValue(readText(cursor, name))],
  ["boolValue", (cursor, name) => ({ json: String(readBoolean(cursor, name)) })],
  ["intValue", (cursor, name) => ({ json: readInteger(cursor, name, "int64").toString() })],
  ["doubleValue", (cursor, name) => doubleValue(readDouble(cursor, name))],
  ["bytesValue", (cursor, name) => bytesValue(readBytes(cursor, name))],
  ["arrayValue", (cursor, name) => arrayValue(readValues(cursor, name))],
  ["kvlistValue", (cursor, name) => kvlistValue(readPairs(cursor, name))],
]);

function readValues(cursor: JsonCursor, what: string): OtlpValue[] {
  const values: OtlpValue[] = [];
  readMessage(cursor, what, (name) => {
    if (name === "values") readList(cursor, name, () => values.push(readValue(cursor, "A value")));
    else cursor.skip();
  });
  return values;
}

function readPairs(cursor: JsonCursor, what: string): OtlpAttribute[] {
  let attributes: OtlpAttribute[] = [];
  readMessage(cursor, what, (name) => {
    if (name === "values") attributes = readAttributes(cursor, name);
    else cursor.skip();
  });
  return attributes;
}
