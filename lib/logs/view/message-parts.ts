import { type AnsiRun, type AnsiStyle, readAnsi } from "./ansi";

export interface MessagePart {
  text: string;
  /** value: what differs between two messages of one kind (numbers, paths, ids); hit: what the text filter looked for. */
  kind: "text" | "value" | "hit";
  /** As the producer coloured it for a terminal. */
  style?: AnsiStyle;
}

/** Addresses and paths, ids with a digit, numbers with their separators. No alternative can backtrack over another. */
const values =
  /[a-z][a-z0-9+.-]{1,12}:\/\/[^\s"'<>,;)]+|(?<![\w.])\/[\w.-]+(?:\/[\w.-]+)+|[A-Z]:\\[^\s"'<>,;)]+|\b0x[0-9a-f]+\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<![\w.])-?\d+(?:[.,:]\d+)*(?![\w])/gi;

/** A long message costs the list no more than this; the drawer shows the whole. */
const longestLine = 600;
const longestRest = 240;
const restLines = 12;

export interface MessageLine {
  /** The first line that says something. */
  text: string;
  /** The lines behind it, on one line; as much as may fit beside the first. */
  rest: string;
  more: number;
}

export function firstLine(message: string): MessageLine {
  const lines = message.split(/\r\n|\r|\n/);
  while (lines.length > 1 && lines.at(-1)?.trim() === "") lines.pop();
  const at = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ""),
  );
  const text = (lines[at] ?? "").slice(0, longestLine).replaceAll("\t", " ");
  const behind = lines.slice(at + 1, at + 1 + restLines);
  const rest = behind
    .map((line) => line.trim())
    .filter(Boolean)
    .join("  ")
    .slice(0, longestRest);
  return { text, rest, more: lines.length - 1 };
}

/** `find` is a text in any case, or a pattern with the flag g. Colours of a terminal are kept, its other signs are not. */
export function messageParts(message: string, find: string | RegExp = ""): MessagePart[] {
  const { text, runs } = readAnsi(message);
  const parts = splitAll(text, find);
  return runs.length > 0 ? colored(parts, runs) : parts;
}

function splitAll(text: string, find: string | RegExp): MessagePart[] {
  if (!find) return split(text, values, "value");
  const wanted =
    typeof find === "string" ? new RegExp(find.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi") : find;
  return split(text, wanted, "hit").flatMap((part) =>
    part.kind === "hit" ? [part] : split(part.text, values, "value"),
  );
}

/** The parts once more, cut where a colour begins or ends. */
function colored(parts: MessagePart[], runs: AnsiRun[]): MessagePart[] {
  const result: MessagePart[] = [];
  let start = 0;
  for (const part of parts) {
    const end = start + part.text.length;
    let at = start;
    for (const run of runs) {
      const from = Math.max(at, run.start);
      const to = Math.min(end, run.end);
      if (from >= to) continue;
      if (from > at) result.push({ kind: part.kind, text: part.text.slice(at - start, from - start) });
      const { color, bold } = run;
      result.push({
        kind: part.kind,
        text: part.text.slice(from - start, to - start),
        style: { color, bold },
      });
      at = to;
    }
    if (at < end) result.push({ kind: part.kind, text: part.text.slice(at - start) });
    start = end;
  }
  return result;
}

function split(text: string, pattern: RegExp, kind: MessagePart["kind"]): MessagePart[] {
  const parts: MessagePart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    // A pattern may find nothing at a place; there is nothing to mark then.
    if (match[0] === "") continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), kind: "text" });
    parts.push({ text: match[0], kind });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), kind: "text" });
  return parts;
}
