import { isAscii } from "node:buffer";

/** Strings above some 100 KB cost V8 several times as much to make as small ones that are gone at once. */
const windowBytes = 64 * 1024;

/** Lines as text, a few hundred at a time. */
export function* windowsOf(lines: Buffer): Generator<string> {
  for (let start = 0; start < lines.length; ) {
    const near = start + windowBytes;
    const last = near < lines.length ? lines.lastIndexOf(0x0a, near - 1) : lines.length - 1;
    // A line longer than a window has one of its own.
    const newline = last >= start ? last : lines.indexOf(0x0a, near);
    const end = newline < 0 ? lines.length : newline + 1;
    const bytes = lines.subarray(start, end);
    yield isAscii(bytes) ? bytes.toString("latin1") : bytes.toString("utf8");
    start = end;
  }
}
