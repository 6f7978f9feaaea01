import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { fromCommonLine } from "./fast-line";
import { type JsonField, scanObject } from "./json-text";
import { toJsonText } from "./json-write";
import { type LogLevel, logLevels } from "./level";

/** An entry as readers see it, wherever it came from. */
export interface ReadEntry {
  seq: bigint;
  at: Date;
  level: LogLevel;
  /** Exactly as it was sent, also where the stored message could not be. */
  message: string;
  /** Exact JSON text of the metadata; null when there is none. */
  metadataText: string | null;
  receivedAt: Date;
  flags: string[];
}

/**
 * A stored entry as one line of the archive. The line is all that is left of the entry, so it holds everything the document
 * held: `raw` where there is one, int64 as digits, dates as ISO text.
 */
export function toLine(entry: LogEntry, metadataText = metadataTextOf(entry)): string {
  const { sequenceNumber, timestamp, level, message, createdAt, raw, flags } = entry;
  const parts = [
    `"sequenceNumber":${sequenceNumber}`,
    `"timestamp":"${timestamp.toISOString()}"`,
    `"level":"${level}"`,
    `"message":${JSON.stringify(message)}`,
  ];
  if (metadataText !== null) parts.push(`"metadata":${metadataText}`);
  parts.push(`"createdAt":"${createdAt.toISOString()}"`);
  if (raw !== undefined) parts.push(`"raw":${JSON.stringify(raw)}`);
  if (flags !== undefined) parts.push(`"flags":${JSON.stringify(flags)}`);
  return `{${parts.join(",")}}`;
}

/** The metadata of a stored entry as JSON text; null when there is none. Where there is `raw`, that has the exact text. */
export function metadataTextOf({ metadata }: LogEntry): string | null {
  return metadata === undefined ? null : toJsonText(metadata);
}

/** A line of the archive as an entry. Throws on anything that `toLine` does not write. */
export function fromLine(line: string): ReadEntry {
  return fromCommonLine(line) ?? fromAnyLine(line);
}

/** The same for any line, part by part. */
export function fromAnyLine(line: string): ReadEntry {
  const fields = new Map(scanObject(line).map((field) => [field.key, field]));
  const textOf = (name: string) => {
    const value = fields.get(name)?.value;
    if (typeof value !== "string") throw new Error(`An archived line has no ${name}`);
    return value;
  };
  const seq = fields.get("sequenceNumber");
  const level = logLevels.find((name) => name === fields.get("level")?.value);
  if (!seq || !/^\d+$/.test(sliceOf(line, seq)) || !level)
    throw new Error("An archived line has no number or level");
  const raw = fields.get("raw");
  const metadata = fields.get("metadata");
  const flags = fields.get("flags")?.value;
  return {
    seq: BigInt(sliceOf(line, seq)),
    at: dateOf(textOf("timestamp")),
    level,
    ...(raw
      ? exactParts(textOf("raw"))
      : // The text between the field's ends is what toLine wrote: no second spelling of it can creep in.
        { message: textOf("message"), metadataText: metadata ? sliceOf(line, metadata) : null }),
    receivedAt: dateOf(textOf("createdAt")),
    flags: Array.isArray(flags) ? flags.map(String) : [],
  };
}

/** A stored entry as readers see it. */
export function fromDocument(entry: LogEntry): ReadEntry {
  const { sequenceNumber, timestamp, level, message, createdAt, raw, flags } = entry;
  const exact = raw === undefined ? { message, metadataText: metadataTextOf(entry) } : exactParts(raw);
  return { seq: sequenceNumber, at: timestamp, level, ...exact, receivedAt: createdAt, flags: flags ?? [] };
}

/** Message and metadata text out of an entry's `raw`. */
export function exactParts(raw: string): { message: string; metadataText: string | null } {
  const fields = new Map(scanObject(raw).map((field) => [field.key, field]));
  const message = fields.get("message");
  const metadata = fields.get("metadata");
  const metadataText = metadata ? sliceOf(raw, metadata) : "{}";
  return { message: String(message?.value ?? ""), metadataText: metadataText === "{}" ? null : metadataText };
}

function sliceOf(text: string, { start, end }: JsonField): string {
  return text.slice(start, end);
}

function dateOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Error(`An archived line has no date but ${text}`);
  return date;
}
