/** Where a value begins in a text of JSON: `nodes[3].upstreamNodeIds[0]` -> its line, counted from 1. */
export type JsonPlaces = ReadonlyMap<string, number>;

export type JsonScan =
  | { ok: true; lineOf: JsonPlaces }
  | { ok: false; line: number; column: number; message: string };

interface Frame {
  path: string;
  kind: "object" | "array";
  index: number;
}

/** Deeper nesting than any workflow has; a text of brackets alone ends here. */
const deepest = 64;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Reads JSON for its places only: the lines of its values, or where it stops being JSON. In one pass and without recursion,
 * so a text of any length is told about at once.
 */
export function scanJson(text: string): JsonScan {
  const lineOf = new Map<string, number>();
  const stack: Frame[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;

  const space = () => {
    for (; at < text.length; at++) {
      const character = text[at];
      if (character === "\n") {
        line += 1;
        lineStart = at + 1;
      } else if (character !== " " && character !== "\t" && character !== "\r") return;
    }
  };
  const fail = (message: string): JsonScan => ({ ok: false, line, column: at - lineStart + 1, message });
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };

  /** A text in quotes, as it stands. By hand: a pattern would keep a way back for each of its characters. */
  const takeString = (): string | null => {
    const start = at;
    if (text[at] !== '"') return null;
    for (at += 1; at < text.length; ) {
      const character = text[at] ?? "";
      if (character === '"') return text.slice(start, ++at);
      if (character === "\\") {
        if (take(escaped) === null) return null;
      } else if (character < " ") return null;
      else at += 1;
    }
    return null;
  };

  let path = "";
  for (;;) {
    space();
    lineOf.set(path, line);
    const opening = text[at];
    if (opening === "{" || opening === "[") {
      if (stack.length >= deepest) return fail(`This is nested deeper than ${deepest} levels.`);
      at += 1;
      stack.push({ path, kind: opening === "{" ? "object" : "array", index: -1 });
    } else if (opening === '"') {
      if (takeString() === null)
        return fail("This text has no end, or a character that JSON does not allow in it.");
    } else if (take(scalar) === null) {
      return fail(
        at >= text.length ? "The text ends where a value is missing." : "A value is expected here.",
      );
    }
    // After a value, or inside a container just opened: to the next value, closing what ends.
    for (;;) {
      const frame = stack.at(-1);
      space();
      if (!frame) return at >= text.length ? { ok: true, lineOf } : fail("There is something after the end.");
      const closing = frame.kind === "object" ? "}" : "]";
      const fresh = frame.index === -1;
      if (text[at] === closing) {
        at += 1;
        stack.pop();
        continue;
      }
      if (!fresh) {
        if (text[at] !== ",")
          return fail(
            `A comma or ${closing} is expected here, to go on with or end ${frame.path || "the whole"}.`,
          );
        at += 1;
        space();
      }
      frame.index += 1;
      if (frame.kind === "array") {
        path = `${frame.path}[${frame.index}]`;
        break;
      }
      const key = takeString();
      if (key === null) return fail("The name of a field in double quotes is expected here.");
      space();
      if (text[at] !== ":") return fail(`A colon is expected after ${key}.`);
      at += 1;
      const name = String(JSON.parse(key));
      path = frame.path === "" ? name : `${frame.path}.${name}`;
      break;
    }
  }
}

/** The line of a place, or of the nearest thing around it that the text has. */
export function lineAt(lineOf: JsonPlaces, place: string): number | null {
  for (let path = place; ; ) {
    const line = lineOf.get(path);
    if (line !== undefined) return line;
    const cut = Math.max(path.lastIndexOf("."), path.lastIndexOf("["));
    if (cut <= 0) return lineOf.get("") ?? null;
    path = path.slice(0, cut);
  }
}
