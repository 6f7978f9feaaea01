import type { UploadLine } from "./read-lines";
import { decodeLine } from "./read-lines";

const byte = {
  quote: 0x22,
  comma: 0x2c,
  backslash: 0x5c,
  open: 0x5b,
  close: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
};

/**
 * Splits one JSON array in a byte stream into the text of its elements, numbered from 1, holding one of them at most.
 * It only counts brackets and strings; whether an element is JSON is judged where it is parsed.
 */
export async function* readArray(
  source: AsyncIterable<Uint8Array>,
  maxElementBytes: number,
): AsyncGenerator<UploadLine> {
  let number = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let ended = false;
  let followed = false;
  let parts: Buffer[] = [];
  let held = 0;

  const finish = (): UploadLine | null => {
    const bytes = Buffer.concat(parts);
    const tooLong = held > maxElementBytes;
    parts = [];
    held = 0;
    if (bytes.length === 0 || bytes.toString("latin1").trim() === "") return null;
    return decodeLine(++number, bytes, tooLong ? maxElementBytes : null);
  };

  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    const keep = (end: number) => {
      const piece = bytes.subarray(start, end);
      const room = Math.max(0, maxElementBytes - held);
      if (piece.length > 0 && room > 0) parts.push(piece.subarray(0, room));
      held += piece.length;
    };
    for (let at = 0; at < bytes.length; at++) {
      const code = bytes[at] ?? 0;
      if (ended) followed ||= code > 0x20;
      else if (inString) {
        if (escaped) escaped = false;
        else if (code === byte.backslash) escaped = true;
        else if (code === byte.quote) inString = false;
      } else if (code === byte.quote) inString = true;
      else if (code === byte.open || code === byte.openObject) {
        if (depth++ === 0) start = at + 1;
      } else if (code === byte.close || code === byte.closeObject || (code === byte.comma && depth === 1)) {
        if (code !== byte.comma) depth--;
        if (depth === 0 || code === byte.comma) {
          keep(at);
          start = at + 1;
          const element = finish();
          if (element) yield element;
          ended = depth === 0;
        }
      }
    }
    if (!ended && depth > 0) keep(bytes.length);
  }
  if (followed) yield { number: number + 1, text: "", problem: "Something follows the JSON array" };
  if (!ended) {
    yield { number: number + 1, text: "", problem: "The JSON array does not end: the upload was cut short" };
  }
}
