import { foldLevel } from "./fold-level";
import { type JsonField, JsonTextError, type JsonValue, scanObject } from "./json-text";
import { compactJson } from "./json-write";
import type { LogLevel } from "./level";
import { parseTimestamp } from "./parse-timestamp";
import { tellingFields } from "./telling-fields";

/** A line as an entry of a log, before it has a number and a receive time. */
export interface ParsedEntry {
  /** Null when the line has no readable one: the receive time stands in for it. */
  timestamp: Date | null;
  level: LogLevel;
  message: string;
  metadata?: Record<string, JsonValue>;
  raw?: string;
  flags: string[];
  /** The line as it came; what a repeated batch is compared by. */
  line: string;
}

export type ParsedLine = { ok: true; entry: ParsedEntry } | { ok: false; reason: string };

/**
 * One JSON object -> one entry. Message, timestamp and level are taken out of the object; every other field is its
 * metadata. A field that folding changed (another spelling of the level, more digits of time) stays in the metadata too,
 * so that the line can be told from the entry.
 */
export function parseLine(line: string): ParsedLine {
  let fields: JsonField[];
  try {
    fields = scanObject(line);
  } catch (error) {
    if (error instanceof JsonTextError) return { ok: false, reason: error.message };
    throw error;
  }
  const telling = tellingFields(fields);
  const consumed: JsonField[] = [];
  const flags: string[] = [];

  const message = takeMessage(line, telling.message, consumed, flags);
  const timestamp = takeTimestamp(telling.timestamp, consumed, flags);
  const level = takeLevel(telling.level, consumed, flags);

  const kept = fields.filter((field) => !consumed.includes(field));
  const entry: ParsedEntry = { timestamp, level, message: message.text.toWellFormed(), flags, line };
  if (!message.exact || kept.some((field) => !field.exact)) entry.raw = rawText(line, message.text, kept);
  const held = kept.filter((field) => field.exact);
  if (held.length > 0) entry.metadata = metadataOf(held);
  return { ok: true, entry };
}

export interface NamedParts {
  message: string;
  /** Compact JSON text of an object, as readers are to get it back. */
  metadataText: string;
  timestamp: Date | null;
  level: LogLevel;
  flags: string[];
}

/** An entry of a format that says itself which of its parts is which. */
export function entryOfParts({ message, metadataText, timestamp, level, flags }: NamedParts): ParsedEntry {
  const line = `{"message":${JSON.stringify(message)},"metadata":${metadataText}}`;
  const fields = scanObject(metadataText);
  const held = fields.filter((field) => field.exact);
  const exact = held.length === fields.length && message.isWellFormed();
  return {
    timestamp,
    level,
    message: message.toWellFormed(),
    flags,
    line,
    ...(!exact && { raw: line }),
    ...(held.length > 0 && { metadata: metadataOf(held) }),
  };
}

function metadataOf(held: JsonField[]): Record<string, JsonValue> {
  const metadata: Record<string, JsonValue> = {};
  // Plain assignment: a key that it would give a meaning of its own is never exact.
  for (const { key, value } of held) metadata[key] = value;
  return metadata;
}

function takeMessage(line: string, present: JsonField[], consumed: JsonField[], flags: string[]) {
  const text = present.find((field) => typeof field.value === "string");
  if (text) {
    // A repeated key stays in the metadata as a whole; of a single one, nothing is left.
    if (!text.repeated) consumed.push(text);
    return { text: String(text.value), exact: text.exact };
  }
  const [other] = present;
  flags.push(other ? "message_not_text" : "message_missing");
  return { text: compactJson(other ? line.slice(other.start, other.end) : line), exact: true };
}

function takeTimestamp(present: JsonField[], consumed: JsonField[], flags: string[]): Date | null {
  for (const field of present) {
    const parsed = parseTimestamp(field.value);
    if (!parsed) continue;
    if (parsed.zoneAssumed) flags.push("timestamp_zone_assumed");
    if (field.exact && parsed.canonical) consumed.push(field);
    return parsed.at;
  }
  flags.push(present.length > 0 ? "timestamp_unreadable" : "timestamp_missing");
  return null;
}

function takeLevel(present: JsonField[], consumed: JsonField[], flags: string[]): LogLevel {
  for (const field of present) {
    const level = foldLevel(field.key, field.value);
    if (!level) continue;
    if (field.exact && field.value === level) consumed.push(field);
    return level;
  }
  flags.push(present.length > 0 ? "level_unknown" : "level_missing");
  return "info";
}

/** The exact values for entries whose document cannot hold them. */
function rawText(line: string, message: string, kept: JsonField[]): string {
  const metadata = kept.map(
    (field) => `${JSON.stringify(field.key)}:${compactJson(line.slice(field.start, field.end))}`,
  );
  return `{"message":${JSON.stringify(message)},"metadata":{${metadata.join(",")}}}`;
}
