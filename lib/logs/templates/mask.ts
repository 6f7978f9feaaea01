/** Stands for the part of a message that changes from row to row. */
export const wildcard = "<*>";

/** What a template looks at: a row of a megabyte has its template in its first words. */
const mostUnits = 1000;
const mostWords = 64;

/**
 * A message with its values masked and its words one space apart. Numbers, hex, ids, addresses and paths are values: a run
 * of letters, digits and joining marks that has a digit in it or that is a path.
 */
export function maskMessage(message: string): string {
  // A template is stored, and half of a surrogate pair cannot be; a cut may leave one.
  return maskValues(message).toWellFormed();
}

/** The same, as the message has its surrogates. */
export function maskValues(message: string): string {
  let masked = "";
  let literal = 0;
  let words = 0;
  const end = Math.min(message.length, mostUnits);
  let at = skipSpace(message, 0, end);
  literal = at;
  while (at < end) {
    const kind = kindAt(message, at);
    if (kind === space) {
      const next = skipSpace(message, at, end);
      words++;
      if (next === end || words === mostWords) {
        const cut = next < message.length ? ` ${wildcard}` : "";
        return masked + message.slice(literal, at) + cut;
      }
      if (next !== at + 1 || message.charCodeAt(at) !== 0x20) {
        masked += `${message.slice(literal, at)} `;
        literal = next;
      }
      at = next;
    } else if (kind === other || kind === colon) {
      at++;
    } else {
      const start = at;
      let digits = false;
      let slashes = 0;
      for (; at < end; at++) {
        const next = kindAt(message, at);
        if (next === digit) digits = true;
        else if (next === slash) slashes++;
        // A colon joins only behind a digit: it is part of `10:31` and of `10.0.0.1:80`, and ends the key in `size:80`.
        else if (next !== joining && !(next === colon && digits)) break;
      }
      const isPath = slashes > 1 || (slashes === 1 && at - start > 1 && kind === slash);
      if (digits || isPath) {
        masked += message.slice(literal, start) + wildcard;
        literal = sentenceMarksFrom(message, at);
      }
    }
  }
  return masked + message.slice(literal, end) + (end < message.length ? ` ${wildcard}` : "");
}

/** The words that a masked message has, as they are written; of a long message the first ones. */
export function wordsOf(message: string): string[] {
  return message.slice(0, mostUnits).split(whitespace).filter(Boolean).slice(0, mostWords);
}

const whitespace = /[\t\n\v\f\r ]+/;

const other = 0;
const joining = 1;
const digit = 2;
const slash = 3;
const colon = 4;
const space = 5;

const kinds = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const character = String.fromCharCode(unit);
  if (/[A-Za-z_.@-]/.test(character)) kinds[unit] = joining;
  else if (/\d/.test(character)) kinds[unit] = digit;
  else if (/[/\\]/.test(character)) kinds[unit] = slash;
  else if (character === ":") kinds[unit] = colon;
  else if (/\s/.test(character)) kinds[unit] = space;
}

function kindAt(message: string, at: number): number {
  const unit = message.charCodeAt(at);
  // Letters of other scripts belong to a word like any letter.
  return unit < 128 ? (kinds[unit] ?? other) : joining;
}

function skipSpace(message: string, at: number, end: number): number {
  while (at < end && kindAt(message, at) === space) at++;
  return at;
}

/** Where the marks begin that end the sentence and not the value. */
function sentenceMarksFrom(message: string, end: number): number {
  while (".:-".includes(message.charAt(end - 1))) end--;
  return end;
}
