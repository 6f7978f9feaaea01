import { fromLine } from "@/lib/logs/entry-line";
import { logLevels } from "@/lib/logs/level";

/*
 * Number and level of every line, for a check that reads a whole archive: `toLine` writes them at the start of a line in one
 * way, so most lines need not be read as JSON. Any other line is.
 */

const newline = 0x0a;
const quote = 0x22;
const zero = 0x30;
const beforeNumber = Buffer.from('{"sequenceNumber":');
const beforeTime = Buffer.from(',"timestamp":"');
const beforeLevel = Buffer.from('","level":"');
/** Digits that a double holds exactly. */
const safeDigits = 15;

/** Calls back with each line's number and the place of its level in `logLevels`. False when the last line does not end. */
export function eachLineHead(
  lines: Buffer,
  found: (sequence: number | bigint, level: number) => void,
): boolean {
  let start = 0;
  while (start < lines.length) {
    const end = lines.indexOf(newline, start);
    if (end < 0) return false;
    if (!readHead(lines, start, end, found)) {
      const { seq, level } = fromLine(lines.toString("utf8", start, end));
      found(seq, logLevels.indexOf(level));
    }
    start = end + 1;
  }
  return true;
}

function readHead(
  lines: Buffer,
  start: number,
  end: number,
  found: (sequence: number, level: number) => void,
): boolean {
  if (!standsAt(lines, beforeNumber, start) || lines[end - 1] !== 0x7d) return false;
  const numberStart = start + beforeNumber.length;
  let at = numberStart;
  let sequence = 0;
  for (let digit = digitAt(lines, at); digit >= 0; digit = digitAt(lines, ++at))
    sequence = sequence * 10 + digit;
  if (at === numberStart || at - numberStart > safeDigits || !standsAt(lines, beforeTime, at)) return false;
  const timeEnd = lines.indexOf(quote, at + beforeTime.length);
  if (timeEnd < 0 || !standsAt(lines, beforeLevel, timeEnd)) return false;
  const level = levelAt(lines, timeEnd + beforeLevel.length);
  if (level < 0) return false;
  found(sequence, level);
  return true;
}

function digitAt(lines: Buffer, at: number): number {
  const digit = (lines[at] ?? 0) - zero;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

const levelNames = logLevels.map((level) => Buffer.from(`${level}"`));

function levelAt(lines: Buffer, at: number): number {
  return levelNames.findIndex((name) => standsAt(lines, name, at));
}

function standsAt(lines: Buffer, text: Buffer, at: number): boolean {
  for (let index = 0; index < text.length; index++) if (lines[at + index] !== text[index]) return false;
  return true;
}
