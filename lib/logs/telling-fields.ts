import { levelFields } from "./fold-level";
import type { JsonField } from "./json-text";
import { timestampFields } from "./parse-timestamp";

/** Fields that carry the message of an entry, the most telling first. */
export const messageFields = ["message", "Message", "msg", "Msg", "body", "log"];

export interface TellingFields {
  message: JsonField[];
  timestamp: JsonField[];
  level: JsonField[];
}

const places = new Map<string, { kind: keyof TellingFields; rank: number }>();
for (const [kind, names] of [
  ["message", messageFields],
  ["timestamp", timestampFields],
  ["level", levelFields],
] as const) {
  for (const [rank, name] of names.entries()) places.set(name, { kind, rank });
}

/**
 * The fields of a line that say its message, time and level, each kind with the most telling first; of a repeated key, the
 * last. Goes once over the line's own fields: there are a few of them, and thirty names to look for.
 */
export function tellingFields(fields: readonly JsonField[]): TellingFields {
  const found: TellingFields = { message: [], timestamp: [], level: [] };
  for (const field of fields) {
    const place = places.get(field.key);
    if (place) insert(found[place.kind], field, place.rank);
  }
  return found;
}

function insert(into: JsonField[], field: JsonField, rank: number): void {
  const at = into.findIndex((other) => (places.get(other.key)?.rank ?? 0) >= rank);
  if (at < 0) into.push(field);
  else into.splice(at, into[at]?.key === field.key ? 1 : 0, field);
}
