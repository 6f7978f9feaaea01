/** Where the fields of a line stand in its bytes. */
export interface LineCut {
  source: Buffer;
  numberAt: number;
  numberEnd: number;
  timestampAt: number;
  levelAt: number;
  levelEnd: number;
  /** Without its quotes, with its escapes. */
  messageAt: number;
  messageEnd: number;
  escaped: boolean;
  /** JSON; empty when there is none. */
  metadataAt: number;
  metadataEnd: number;
  createdAt: number;
}

export const isoLength = "2026-11-20T08:00:00.000Z".length;
const numberKey = '{"sequenceNumber":';
const timestampKey = ',"timestamp":"';
const levelKey = '","level":"';
const messageKey = '","message":"';
const metadataKey = '","metadata":';
const createdAtKey = ',"createdAt":"';
const tailLength = createdAtKey.length + isoLength + '"}'.length;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * The fields of the line between `start` and `end`, cut out where `toLine` puts them; null for a line of another shape, which
 * goes to `fromLine`. A CSV of millions of rows is mostly copying: bytes that are never made strings are copied at the speed
 * of unpacking them.
 */
export function cutLine(source: Buffer, start: number, end: number): LineCut | null {
  const tailAt = end - tailLength;
  // Unescaped quotes stand in no string, so these characters at the very end can only be the last field itself.
  if (!isAt(source, start, numberKey) || !isAt(source, tailAt, createdAtKey) || !isAt(source, end - 3, 'Z"}'))
    return null;
  const numberAt = start + numberKey.length;
  const numberEnd = source.indexOf(comma, numberAt);
  const timestampAt = numberEnd + timestampKey.length;
  const timestampEnd = timestampAt + isoLength;
  if (!isAt(source, numberEnd, timestampKey) || !isAt(source, timestampEnd, levelKey)) return null;
  const levelAt = timestampEnd + levelKey.length;
  const levelEnd = source.indexOf(quote, levelAt);
  if (!isAt(source, levelEnd, messageKey)) return null;
  const messageAt = levelEnd + messageKey.length;
  let escaped = false;
  let messageEnd = messageAt;
  for (; messageEnd < tailAt && source[messageEnd] !== quote; messageEnd++) {
    if (source[messageEnd] !== backslash) continue;
    escaped = true;
    messageEnd++;
  }
  const hasMetadata = isAt(source, messageEnd, metadataKey);
  if (!hasMetadata && messageEnd + 1 !== tailAt) return null;
  return {
    source,
    numberAt,
    numberEnd,
    timestampAt,
    levelAt,
    levelEnd,
    messageAt,
    messageEnd,
    escaped,
    metadataAt: hasMetadata ? messageEnd + metadataKey.length : tailAt,
    metadataEnd: tailAt,
    createdAt: tailAt + createdAtKey.length,
  };
}

function isAt(source: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (source[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
