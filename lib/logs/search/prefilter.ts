import { neededTexts } from "./needed";
import type { LogQuery } from "./query";

/*
 * Reading a line of the archive costs much more than looking for a few characters in it, so a scan looks at the text of a
 * whole member first and reads only the lines that may be hits. What it looks for must stand in the line as it stands in the
 * searchable text: JSON escapes quotes, backslashes and control characters, and beyond ASCII letters change with their case.
 */

/** ASCII without what JSON escapes, and letters that have no case. */
const plainRun = /(?:[ !#-[\]-\x7e]|(?!\u0307)[\p{Lo}\p{M}])+/gu;
/** Characters beyond ASCII whose folded form has an ASCII letter in it. */
const alsoFoldTo: Record<string, string> = { k: "[kK\u212a]", i: "[iI\u0130]" };

/** A pattern that occurs in every line that is a hit, except perhaps in lines with `raw`; null when there is none. */
export function prefilterFor(query: LogQuery): RegExp | null {
  const runs = neededTexts(query).flatMap(({ text }) => text.match(plainRun) ?? []);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (longest.length >= 2) return new RegExp(inAnyCase(longest), "gi");
  if (query.levels.length > 0) return new RegExp(`"level":"(?:${query.levels.join("|")})"`, "g");
  return null;
}

/** The lines of a member that may be hits. */
export function candidateLines(text: string, prefilter: RegExp | null): string[] {
  if (!prefilter) return text.split("\n").filter(Boolean);
  const lines = linesWith(text, prefilter);
  // The message of such a line is inside `raw`, escaped twice.
  return text.includes(rawField) ? merged(text, lines) : lines;
}

const rawField = ',"raw":"';

function linesWith(text: string, pattern: RegExp): string[] {
  const lines: string[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const start = text.lastIndexOf("\n", match.index) + 1;
    const newline = text.indexOf("\n", match.index);
    const end = newline < 0 ? text.length : newline;
    lines.push(text.slice(start, end));
    pattern.lastIndex = end + 1;
  }
  return lines;
}

function merged(text: string, lines: string[]): string[] {
  const wanted = new Set(lines);
  return text.split("\n").filter((line) => line !== "" && (wanted.has(line) || line.includes(rawField)));
}

function inAnyCase(run: string): string {
  return run
    .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
    .replace(/[ki]/gi, (letter) => alsoFoldTo[letter.toLowerCase()] ?? letter);
}
