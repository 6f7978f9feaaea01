export type Compiled = { ok: true; pattern: RegExp } | { ok: false; message: string };

const maxLength = 1000;
/** What is written so is JavaScript only with the u flag, or means something else without it. */
const needsUnicode = /\\[pP]\{|\\u\{|[\ud800-\udfff]/;

/** A regular expression as somebody typed it: JavaScript's, in any case, `^` and `$` by line. */
export function compilePattern(source: string): Compiled {
  if (source.length > maxLength) {
    return { ok: false, message: `A pattern has at most ${maxLength} characters.` };
  }
  try {
    return { ok: true, pattern: new RegExp(source, needsUnicode.test(source) ? "imu" : "im") };
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/^.*: /, "") : "it cannot be read";
    return { ok: false, message: `This is not a regular expression: ${detail}.` };
  }
}
