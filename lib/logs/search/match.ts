import type { ReadEntry } from "../entry-line";
import { searchableText } from "../searchable-text";
import { isOfTemplate, messageWords } from "../templates/match";
import { fold } from "../tokens";
import { parsePath, plainText, textsAt } from "./metadata-path";
import { compilePattern } from "./pattern";
import { alternatives, type LogQuery, type MetadataCondition } from "./query";
import { withTimeLimit } from "./time-limit";

type Test = (entry: ReadEntry) => boolean;

/** Whether an entry is a hit. Throws an AppError when the query's pattern takes too long. For many entries take `hitsAmong`. */
export function matcherFor(query: LogQuery): Test {
  const isHit = testFor(query);
  return runsPattern(query) ? (entry) => withTimeLimit(() => isHit(entry)) : isHit;
}

/** The entries that are hits, with one time limit for all of them. */
export function hitsAmong(query: LogQuery): (entries: ReadEntry[]) => ReadEntry[] {
  const isHit = testFor(query);
  const select = (entries: ReadEntry[]) => entries.filter(isHit);
  if (!runsPattern(query)) return select;
  return (entries) => (entries.length === 0 ? [] : withTimeLimit(() => select(entries)));
}

function runsPattern({ text, mode, template, without }: LogQuery): boolean {
  return (mode === "regex" && text !== "") || template !== null || without.length > 0;
}

/** Every part of the query, the cheap ones first. */
function testFor(query: LogQuery): Test {
  const tests = [
    levelTest(query),
    timeTest(query),
    templateTest(query),
    textTest(query),
    ...alternatives(query.metadata).map((conditions) => anyOf(conditions.map(metadataTest))),
  ].filter((test) => test !== null);
  return (entry) => tests.every((test) => test(entry));
}

function anyOf(tests: Test[]): Test {
  const [first] = tests;
  return first && tests.length === 1 ? first : (entry) => tests.some((test) => test(entry));
}

function levelTest({ levels }: LogQuery): Test | null {
  if (levels.length === 0) return null;
  const wanted = new Set(levels);
  return ({ level }) => wanted.has(level);
}

function timeTest({ time }: LogQuery): Test | null {
  if (time.from === null && time.to === null) return null;
  const from = time.from === null ? Number.NEGATIVE_INFINITY : Date.parse(time.from);
  const to = time.to === null ? Number.POSITIVE_INFINITY : Date.parse(time.to);
  return ({ at }) => at.getTime() >= from && at.getTime() < to;
}

/** A message is masked once, whatever number of templates it is held against. */
function templateTest({ template, without }: LogQuery): Test | null {
  if (template === null && without.length === 0) return null;
  const wanted = template?.split(" ");
  const unwanted = without.map((text) => text.split(" "));
  return ({ message }) => {
    const words = messageWords(message);
    return (
      (!wanted || isOfTemplate(wanted, words)) && !unwanted.some((template) => isOfTemplate(template, words))
    );
  };
}

function textTest({ text, mode }: LogQuery): Test | null {
  if (text === "") return null;
  if (mode === "regex") {
    const pattern = patternOf(text);
    return ({ message, metadataText }) => pattern.test(searchableText(message, metadataText));
  }
  const wanted = fold(text);
  const holds = mode === "word" ? holdsWord : (folded: string) => folded.includes(wanted);
  return ({ message, metadataText }) => holds(fold(searchableText(message, metadataText)), wanted);
}

const wordCharacter = /[\p{L}\p{N}_]/u;
const endsInWordCharacter = /[\p{L}\p{N}_]$/u;

/** Whether `word` stands somewhere without a letter, digit or `_` beside it: what tokens.ts takes apart. */
function holdsWord(folded: string, word: string): boolean {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    const end = at + word.length;
    // Two units each way: a letter beyond the basic plane is a pair.
    const before = folded.slice(Math.max(0, at - 2), at);
    const after = String.fromCodePoint(folded.codePointAt(end) ?? 0x20);
    if (!endsInWordCharacter.test(before) && !wordCharacter.test(after)) return true;
  }
  return false;
}

function patternOf(source: string): RegExp {
  const compiled = compilePattern(source);
  if (!compiled.ok) throw new Error(`A query was not checked: ${compiled.message}`);
  return compiled.pattern;
}

function metadataTest({ path, op, value }: MetadataCondition): Test {
  const steps = parsePath(path);
  if (!steps) throw new Error(`A query was not checked: ${path} is no path`);
  const part = fold(value);
  const meets = (json: string) => {
    if (op === "exists") return true;
    return op === "contains" ? fold(plainText(json)).includes(part) : plainText(json) === value;
  };
  const isMet: Test = ({ metadataText }) => metadataText !== null && textsAt(metadataText, steps).some(meets);
  return op === "ne" ? (entry) => !isMet(entry) : isMet;
}
