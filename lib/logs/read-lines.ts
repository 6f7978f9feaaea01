import { isUtf8 } from "node:buffer";

/** A line of an upload, or why it could not be one. Numbers count from 1, as editors do; blank lines count too. */
export type UploadLine =
  | { number: number; text: string; problem?: undefined }
  | { number: number; text: string; problem: string };

const newline = 0x0a;
const byteOrderMark = "\uFEFF";

/**
 * Splits a byte stream at line feeds and at nothing else (U+2028 and the like are part of a line), holding one line at
 * most in memory: of a line over `maxLineBytes` only its beginning is kept, to name it.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<UploadLine> {
  let number = 0;
  let parts: Buffer[] = [];
  let held = 0;
  let dropped = false;

  const keep = (bytes: Buffer) => {
    if (held + bytes.length > maxLineBytes) dropped = true;
    const room = bytes.subarray(0, Math.max(0, maxLineBytes - held));
    if (room.length > 0) parts.push(room);
    held += room.length;
  };
  const finish = (): UploadLine | null => {
    number++;
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    const line = decodeLine(number, bytes, dropped ? maxLineBytes : null);
    parts = [];
    held = 0;
    dropped = false;
    return line;
  };

  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (;;) {
      // Empty lines cost nothing but their number: a small upload may unpack to millions of them.
      while (held === 0 && bytes[start] === newline) {
        number++;
        start++;
      }
      const end = bytes.indexOf(newline, start);
      if (end < 0) break;
      keep(bytes.subarray(start, end));
      start = end + 1;
      const line = finish();
      if (line) yield line;
    }
    if (start < bytes.length) keep(bytes.subarray(start));
  }
  if (held > 0) {
    const line = finish();
    if (line) yield line;
  }
}

/** The text of a line; `limit` when it was longer than that. */
export function decodeLine(number: number, bytes: Buffer, limit: number | null): UploadLine | null {
  if (limit !== null) {
    const text = bytes.subarray(0, 1000).toString("utf8");
    return { number, text, problem: `The line is longer than ${limit.toLocaleString("en")} bytes` };
  }
  // Decoding would replace broken bytes without a word.
  if (!isUtf8(bytes)) return { number, text: bytes.toString("latin1"), problem: "The line is not UTF-8" };
  let text = bytes.toString("utf8");
  if (number === 1 && text.startsWith(byteOrderMark)) text = text.slice(1);
  if (text.endsWith("\r")) text = text.slice(0, -1);
  return text.trim() === "" ? null : { number, text };
}
