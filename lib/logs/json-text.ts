import { JsonCursor } from "./json-cursor";
import type { JsonValue } from "./json-value";

export { JsonTextError } from "./json-cursor";
export type { JsonValue } from "./json-value";

export interface JsonField {
  key: string;
  value: JsonValue;
  /** Where the value stands in the text. */
  start: number;
  end: number;
  /** False when `value` cannot give back what the text says: write it to a document and something is lost. */
  exact: boolean;
  /** The object has this key more than once. */
  repeated: boolean;
}

/**
 * Reads a text that must be one JSON object. Unlike JSON.parse it knows, field by field, whether the value can stand for
 * the text (invariant: what is read equals what was sent): no rounded or re-spelled number, no repeated or reordered key,
 * no half of a surrogate pair.
 */
export function scanObject(text: string): JsonField[] {
  const cursor = new JsonCursor(text);
  if (cursor.kind() !== "object") throw cursor.error("Not a JSON object: expected {");
  const fields: JsonField[] = [];
  cursor.members((key, keyIsExact) => {
    cursor.exact = keyIsExact;
    const start = cursor.at;
    const value = cursor.value();
    fields.push({ key, value, start, end: cursor.at, exact: cursor.exact, repeated: false });
  });
  cursor.end("object");
  return withRepeatsMarked(fields);
}

/** Compares each with each: a line has a few fields, and a map for them costs more than reading them. */
const fewFields = 16;

function withRepeatsMarked(fields: JsonField[]): JsonField[] {
  const isRepeated =
    fields.length <= fewFields
      ? fields.some(({ key }, index) => fields.findIndex((other) => other.key === key) !== index)
      : new Set(fields.map(({ key }) => key)).size < fields.length;
  if (!isRepeated) return fields;
  const seen = new Map<string, JsonField>();
  for (const field of fields) {
    const earlier = seen.get(field.key);
    if (earlier) {
      Object.assign(earlier, { exact: false, repeated: true });
      Object.assign(field, { exact: false, repeated: true });
    }
    seen.set(field.key, field);
  }
  return fields;
}
