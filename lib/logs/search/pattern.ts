export type Compiled = { ok: true; pattern: RegExp } | { ok: false; message: string };

const maxLength = 1000;

/** A regular expression as somebody typed it: JavaScript's, without regard to case, `.` and `^` by line. */
export function compilePattern(source: string): Compiled {
  if (source.length > maxLength) {
    return { ok: false, message: `A pattern has at most ${maxLength} characters.` };
  }
  try {
    return { ok: true, pattern: new RegExp(source, "imu") };
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/^.*: /, "") : "it cannot be read";
    return { ok: false, message: `This is not a regular expression: ${detail}.` };
  }
}

/** A pattern for `word` where no letter, digit or `_` touches it (the characters of tokens.ts). */
export function wordPattern(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escapePattern(word)}(?![\\p{L}\\p{N}_])`, "iu");
}

export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
