import { compilePattern } from "../search/pattern";
import type { LogQuery } from "../search/query";

type Wanted = Pick<LogQuery, "text" | "mode">;

/** A repetition of what repeats: the server gives up on one that takes too long, a browser cannot. */
const mayNeverEnd = /[+*}][^()]*\)\s*[+*{]/;

/** What to mark in a message for all that is looked for; "" for nothing. Each message is asked once, for all of it. */
export function markPattern(...wanted: Wanted[]): RegExp | "" {
  const sources = wanted.filter(({ text }) => text !== "").flatMap(sourceOf);
  if (sources.length === 0) return "";
  return new RegExp(sources.map((source) => `(?:${source})`).join("|"), "gim");
}

function sourceOf({ text, mode }: Wanted): string[] {
  if (mode === "regex") {
    const compiled = compilePattern(text);
    const markable = compiled.ok && !compiled.pattern.unicode && !mayNeverEnd.test(text);
    return markable && !/\\\d|\(\?</.test(text) ? [text] : [];
  }
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // As the search has it: no letter, digit or underscore beside the word.
  return [mode === "word" ? `(?<![a-z0-9_])${literal}(?![a-z0-9_])` : literal];
}
