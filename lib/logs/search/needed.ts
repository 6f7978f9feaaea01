import { cutEnd, fold, isToken, tokenEnd, tokenStart } from "../tokens";
import { requiredLiterals } from "./literals";
import { parsePath } from "./metadata-path";
import { compilePattern } from "./pattern";
import { alternatives, type LogQuery, type MetadataCondition } from "./query";

/** A text that stands in every hit, in some case. */
export interface Needed {
  text: string;
  /** No letter, digit or `_` stands before it, or behind it: a word at that end is a whole word. */
  wholeStart: boolean;
  wholeEnd: boolean;
}

const part = (text: string): Needed => ({ text, wholeStart: false, wholeEnd: false });
const whole = (text: string): Needed => ({ text, wholeStart: true, wholeEnd: true });

/**
 * What every hit of a query has in its searchable text. Scans look for it first, and token filters are asked for its words.
 * The templates of `without` ask for nothing: a row that is left out may have all the words of one that is not.
 */
export function neededTexts(query: LogQuery): Needed[] {
  return [
    ...fromText(query),
    // Of several values that are asked for, none has to stand in a hit.
    ...alternatives(query.metadata).flatMap(([only, another]) =>
      only && !another ? fromCondition(only) : [],
    ),
    ...fromTemplate(query.template),
    // Half of a surrogate pair may be found inside a whole one, where it is no character of its own.
  ].filter(({ text }) => text !== "" && text.isWellFormed());
}

/** Each word costs a read of every chunk's filter, and the longest ones rule out nearly all that can be ruled out. */
const mostAsked = 4;

/**
 * The words that the token filter of a chunk must know for a hit to be in it (tokens.ts). A word at an open end may go on in
 * the row, so it says nothing. Long ones first: they are rarer.
 */
export function tokensToAsk(query: LogQuery): string[] {
  return neededTokens(query).slice(0, mostAsked);
}

function neededTokens(query: LogQuery): string[] {
  const tokens = neededTexts(query).flatMap(({ text, wholeStart, wholeEnd }) => {
    const folded = fold(text);
    const found: string[] = [];
    for (let start = tokenStart(folded, 0); start < folded.length; ) {
      const end = tokenEnd(folded, start);
      const open = (start === 0 && !wholeStart) || (end === folded.length && !wholeEnd);
      if (!open && isToken(start, end)) found.push(folded.slice(start, cutEnd(start, end)));
      start = tokenStart(folded, end);
    }
    return found;
  });
  return [...new Set(tokens)].sort((a, b) => b.length - a.length);
}

function fromText({ text, mode }: LogQuery): Needed[] {
  if (mode === "text") return [part(text)];
  if (mode === "word") return [whole(text)];
  const compiled = compilePattern(text);
  if (!compiled.ok || compiled.pattern.unicode) return [];
  // Beyond ASCII a pattern ignores case by another rule than fold().
  return requiredLiterals(text).flatMap((literal) => literal.split(/[^\0-\x7f]+/).map(part));
}

function fromCondition({ path, op, value }: MetadataCondition): Needed[] {
  // A row without the value is a hit: nothing has to stand in it.
  if (op === "ne") return [];
  if (op === "exists") {
    return (parsePath(path) ?? []).flatMap((step) => ("key" in step ? [whole(step.key)] : []));
  }
  // The value may be the text of an object with escapes in it, which the searchable text shows as other characters.
  if (value.includes("\\")) return [];
  return [op === "eq" ? whole(value) : part(value)];
}

/** The words between the values. How much space stands between them is not said, and long messages are cut within a word. */
function fromTemplate(template: string | null): Needed[] {
  const words = template?.split(" ") ?? [];
  return words.flatMap((word, index) => {
    if (word.includes("<*>")) return word.split("<*>").map(part);
    const mayBeCut = words[index + 1] === "<*>" && index + 2 === words.length;
    return { ...whole(word), wholeEnd: !mayBeCut };
  });
}
