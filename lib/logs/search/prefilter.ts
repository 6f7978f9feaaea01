import { windowsOf } from "../read/line-windows";
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
export function candidateLines(lines: Buffer | string, prefilter: RegExp | null): string[] {
  const found: string[] = [];
  for (const text of typeof lines === "string" ? [lines] : windowsOf(lines)) {
    if (!prefilter) found.push(...text.split("\n"));
    // The message of such a line is inside `raw`, escaped twice.
    else if (text.includes(rawField)) found.push(...linesWithRawOr(text, prefilter));
    else collectLines(text, prefilter, found);
  }
  return found.filter(Boolean);
}

const rawField = ',"raw":"';

function collectLines(text: string, pattern: RegExp, found: string[]): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const start = text.lastIndexOf("\n", match.index) + 1;
    const newline = text.indexOf("\n", match.index);
    const end = newline < 0 ? text.length : newline;
    found.push(text.slice(start, end));
    pattern.lastIndex = end + 1;
  }
}

function linesWithRawOr(text: string, pattern: RegExp): string[] {
  return text.split("\n").filter((line) => {
    pattern.lastIndex = 0;
    return line.includes(rawField) || pattern.test(line);
  });
}

function inAnyCase(run: string): string {
  return run
    .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
    .replace(/[ki]/gi, (letter) => alsoFoldTo[letter.toLowerCase()] ?? letter);
}
