import { fromLine } from "../entry-line";

/** A line of the archive as the texts of its fields. */
export interface LineParts {
  sequenceNumber: string;
  timestamp: string;
  level: string;
  message: string;
  /** JSON, as it was sent; empty when there is none. */
  metadata: string;
  createdAt: string;
  /** JSON array, or empty. */
  flags: string;
}

const start = '{"sequenceNumber":';
const timestampKey = ',"timestamp":"';
const levelKey = '","level":"';
const messageKey = '","message":"';
const metadataKey = ',"metadata":';
const createdAtKey = ',"createdAt":"';
const isoLength = "2026-11-20T08:00:00.000Z".length;
const tailLength = createdAtKey.length + isoLength + '"}'.length;

/**
 * The fields of a line, cut out where `toLine` puts them. Taking a line apart properly costs several times as much as
 * unpacking it; nearly all lines have this one shape, and any other goes to the proper reader.
 */
export function partsOf(line: string): LineParts {
  return cut(line) ?? read(line);
}

function cut(line: string): LineParts | null {
  const tail = line.length - tailLength;
  // Unescaped quotes stand in no string, so these characters at the very end can only be the last field itself.
  if (!line.startsWith(start) || !line.startsWith(createdAtKey, tail) || !line.endsWith('Z"}')) return null;
  const numberEnd = line.indexOf(",", start.length);
  const timestampAt = numberEnd + timestampKey.length;
  const timestampEnd = line.indexOf('"', timestampAt);
  const levelAt = timestampEnd + levelKey.length;
  const levelEnd = line.indexOf('"', levelAt);
  const messageAt = levelEnd + messageKey.length;
  if (
    !line.startsWith(timestampKey, numberEnd) ||
    !line.startsWith(levelKey, timestampEnd) ||
    !line.startsWith(messageKey, levelEnd)
  ) {
    return null;
  }
  const messageEnd = endOfString(line, messageAt);
  const metadataAt = messageEnd + 1 + metadataKey.length;
  const hasMetadata = line.startsWith(metadataKey, messageEnd + 1);
  if (!hasMetadata && messageEnd + 1 !== tail) return null;
  return {
    sequenceNumber: line.slice(start.length, numberEnd),
    timestamp: line.slice(timestampAt, timestampEnd),
    level: line.slice(levelAt, levelEnd),
    message: unescaped(line.slice(messageAt, messageEnd)),
    metadata: hasMetadata ? line.slice(metadataAt, tail) : "",
    createdAt: line.slice(tail + createdAtKey.length, tail + createdAtKey.length + isoLength),
    flags: "",
  };
}

function read(line: string): LineParts {
  const entry = fromLine(line);
  return {
    sequenceNumber: entry.seq.toString(),
    timestamp: entry.at.toISOString(),
    level: entry.level,
    message: entry.message,
    metadata: entry.metadataText ?? "",
    createdAt: entry.receivedAt.toISOString(),
    flags: entry.flags.length > 0 ? JSON.stringify(entry.flags) : "",
  };
}

/** Where the quote stands that ends a JSON string, the first character of which is at `from`. */
function endOfString(line: string, from: number): number {
  let end = line.indexOf('"', from);
  while (isEscaped(line, end)) end = line.indexOf('"', end + 1);
  return end;
}

function isEscaped(line: string, quote: number): boolean {
  let backslashes = 0;
  while (line[quote - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

function unescaped(text: string): string {
  return text.includes("\\") ? String(JSON.parse(`"${text}"`)) : text;
}
