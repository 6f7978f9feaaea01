import type { ReadEntry } from "./entry-line";
import { logLevels } from "./level";

/*
 * `toLine` writes a line in one way only, and nearly all lines have neither `raw` nor `flags`. Those are taken apart here by
 * where their parts stand, several times faster than by reading JSON. The archive's checksum says that the bytes are the ones
 * that were written; what does not stand where it should is left to `fromLine`.
 */

const head =
  /\{"sequenceNumber":(\d{1,19}),"timestamp":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)","level":"([a-z]+)","message":/y;
/** Most messages: between the quotes no quote, no backslash and no control character. */
const plainString = /"[ !#-[\]-\uffff]*"/y;
const anyString = /"(?:[^"\\]|\\.)*"/y;
const tail = /,"createdAt":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"\}$/;
const tailLength = ',"createdAt":"2026-01-01T00:00:00.000Z"}'.length;
const metadataField = ',"metadata":';

/** The entry of a line that has the common shape; null for any other. */
export function fromCommonLine(line: string): ReadEntry | null {
  head.lastIndex = 0;
  const found = head.exec(line);
  const ending = tail.exec(line.slice(-tailLength));
  if (!found || !ending) return null;
  const [, seq = "", at = "", levelName] = found;
  const level = logLevels.find((name) => name === levelName);
  const messageStart = head.lastIndex;
  plainString.lastIndex = messageStart;
  anyString.lastIndex = messageStart;
  const plain = plainString.test(line);
  if (!level || !(plain || anyString.test(line))) return null;
  const messageEnd = plain ? plainString.lastIndex : anyString.lastIndex;
  const tailStart = line.length - tailLength;
  const hasMetadata = messageEnd < tailStart;
  if (hasMetadata && !line.startsWith(metadataField, messageEnd)) return null;
  return {
    seq: BigInt(seq),
    at: new Date(at),
    level,
    message: plain
      ? line.slice(messageStart + 1, messageEnd - 1)
      : JSON.parse(line.slice(messageStart, messageEnd)),
    metadataText: hasMetadata ? line.slice(messageEnd + metadataField.length, tailStart) : null,
    receivedAt: new Date(ending[1] ?? ""),
    flags: [],
  };
}
