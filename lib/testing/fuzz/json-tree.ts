import type { Chance } from "./chance";

/** A JSON value as a sender may spell it, and as readers must get it back: without space, strings spelled one way. */
export interface SpelledJson {
  sent: string;
  compact: string;
}

const texts = [
  "",
  "plain",
  "naïve 😀 \u2028\u2029\u0085",
  'tab\t newline\n return\r quote" backslash\\ slash/',
  "\u0000",
  "before\u0000after\u001f\u007f",
  "\ud83d",
  "\ude00\ud83d",
  "\ufeff\ufffe\uffff",
  "$where: sleep(1000)",
  "=HYPERLINK()",
  "__proto__",
  '{"json":"in a string"}',
  "x".repeat(3000),
];

/** Keys that documents, objects or query languages treat in a way of their own. */
const keys = [
  "a",
  "b.c",
  "$gt",
  "$where",
  ".",
  "",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "_bsontype",
  "_id",
  "0",
  "12",
  "-1",
  "1.5",
  "nul\u0000l",
  "half\ud83d",
  "ключ",
  "with space",
  "k".repeat(300),
];

const numbers = [
  "0",
  "-0",
  "0.0",
  "1.0",
  "1e3",
  "1E+2",
  "1e-7",
  "-12",
  "0.1",
  "9007199254740991",
  "9007199254740993",
  "-9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
  "9223372036854775808",
  "18446744073709551615",
  "1e308",
  "1e999",
  "-1e999",
  "5e-324",
  "1e-999",
  "0.30000000000000004",
  "123456789.123456789123456789",
  "9".repeat(400),
];

export const someText = (chance: Chance) => chance.pick(texts);
/** Text that UTF-8 can carry: without halves of pairs. */
export const someWellFormedText = (chance: Chance) => someText(chance).toWellFormed();
export const someKey = (chance: Chance) => chance.pick(keys);

export function someJson(chance: Chance, depth = 0): SpelledJson {
  const kind = depth > 4 ? chance.below(3) : chance.below(6);
  if (kind === 0) return spelledText(someText(chance), chance);
  if (kind === 1) return same(chance.pick(numbers));
  if (kind === 2) return same(chance.pick(["true", "false", "null"]));
  if (kind === 3) return nested(chance);
  if (kind === 4)
    return joined(
      "[",
      "]",
      chance.times(4, () => someJson(chance, depth + 1)),
      chance,
    );
  const members = chance.times(4, () => someMember(chance, someKey(chance), depth));
  return joined("{", "}", members, chance);
}

export function someMember(chance: Chance, key: string, depth = 0): SpelledJson {
  return member(key, someJson(chance, depth + 1), chance);
}

export function member(key: string, value: SpelledJson, chance: Chance): SpelledJson {
  const name = spelledText(key, chance);
  return {
    sent: `${name.sent}${space(chance)}:${space(chance)}${value.sent}`,
    compact: `${name.compact}:${value.compact}`,
  };
}

export function joined(open: string, close: string, parts: SpelledJson[], chance: Chance): SpelledJson {
  return {
    sent: `${open}${space(chance)}${parts.map(({ sent }) => sent).join(`${space(chance)},${space(chance)}`)}${close}`,
    compact: `${open}${parts.map(({ compact }) => compact).join(",")}${close}`,
  };
}

/** A string with some of its characters escaped that need not be. */
export function spelledText(text: string, chance: Chance): SpelledJson {
  const compact = JSON.stringify(text);
  if (!chance.happens(0.3)) return same(compact);
  const sent = compact.replace(/[a-z/]/g, (letter, at: number) =>
    // Not the letter of an escape, nor a digit of one.
    compact.lastIndexOf("\\", at) >= at - 5 || !chance.happens(0.2)
      ? letter
      : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { sent, compact };
}

/** Brackets within brackets: fine for a document, too deep for one, too deep for anybody. */
function nested(chance: Chance): SpelledJson {
  const depth = chance.pick([10, 70, 100, 300]);
  return same("[".repeat(depth) + "]".repeat(depth));
}

function same(text: string): SpelledJson {
  return { sent: text, compact: text };
}

/** No line feed: it would end the line. */
function space(chance: Chance): string {
  return chance.happens(0.1) ? chance.pick([" ", "\t", "  \t ", "\r"]) : "";
}
