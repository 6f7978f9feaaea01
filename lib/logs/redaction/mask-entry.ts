import { exactParts } from "../entry-line";
import { scanObject } from "../json-text";
import { compactJson, toJsonText } from "../json-write";
import type { ParsedEntry } from "../parse-line";
import type { CompiledRule, RuleSet } from "./rule";

/** On an entry of which something was masked. */
export const redactedFlag = "redacted";

/**
 * An entry with everything that the rules match masked, in each place that is stored: message, metadata and the exact text
 * of both (`raw`). A rule sees one text at a time: the message; in the metadata each string, each number as its digits,
 * and each key. A message that is JSON itself is gone through like metadata, by all rules.
 */
export function maskEntry(entry: ParsedEntry, rules: RuleSet): ParsedEntry {
  const before = exactTextOf(entry);
  // A message that was made of other fields says what they say, so that every rule is for it.
  const isMade = entry.flags.some((flag) => flag === "message_missing" || flag === "message_not_text");
  const inside = isJson(before.message) ? maskJson(before.message, rules.all, rules) : before.message;
  const message = maskText(inside, isMade ? rules.all : rules.forMessage, rules);
  const metadataText = before.metadataText && maskJson(before.metadataText, rules.forMetadata, rules);
  if (message === before.message && metadataText === before.metadataText) return entry;
  return { ...entry, ...parts(message, metadataText), flags: [...entry.flags, redactedFlag] };
}

/** Then its strings stand in it with escapes, behind which a pattern would not find them. */
function isJson(message: string): boolean {
  if (!/^\s*[{["\d-]/.test(message)) return false;
  try {
    JSON.parse(message);
    return true;
  } catch {
    return false;
  }
}

function exactTextOf({ raw, message, metadata }: ParsedEntry): {
  message: string;
  metadataText: string | null;
} {
  if (raw !== undefined) return exactParts(raw);
  return { message, metadataText: metadata === undefined ? null : toJsonText(metadata) };
}

/** The same three fields that parseLine makes of a line; masked keys may have become equal, which only `raw` can hold. */
function parts(message: string, metadataText: string | null) {
  const fields = metadataText === null ? [] : scanObject(metadataText);
  const held = fields.filter((field) => field.exact);
  const exact = message.isWellFormed() && held.length === fields.length;
  return {
    message: message.toWellFormed(),
    metadata: held.length > 0 ? Object.fromEntries(held.map(({ key, value }) => [key, value])) : undefined,
    raw: exact
      ? undefined
      : `{"message":${JSON.stringify(message)},"metadata":${compactJson(metadataText ?? "{}")}}`,
  };
}

/** Characters by which masks may lengthen a text: beyond it, the mask stands for the whole of the text. */
const mostAdded = 1024 * 1024;

function maskText(text: string, rules: readonly CompiledRule[], set: RuleSet): string {
  let masked = text;
  for (const { name, expression, mask } of rules) {
    set.current = name;
    let added = 0;
    // A function, so that $1 or $& in a mask is not taken for a reference to what was matched.
    const replaced = masked.replace(expression, (match) => {
      added += mask.length - match.length;
      return added > mostAdded ? "" : mask;
    });
    masked = added > mostAdded ? mask : replaced;
  }
  return masked;
}

const numberToken = /-?\d[\d.eE+-]*/y;

/** Valid JSON text with each of its strings and numbers masked; all other characters stay as they are. */
function maskJson(text: string, rules: readonly CompiledRule[], set: RuleSet): string {
  if (rules.length === 0) return text;
  let result = "";
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    let end = at + 1;
    if (code === 0x22) end = endOfString(text, at);
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      numberToken.lastIndex = at;
      numberToken.exec(text);
      end = numberToken.lastIndex;
    } else {
      at++;
      continue;
    }
    const token = text.slice(at, end);
    const value = code === 0x22 ? String(JSON.parse(token)) : token;
    const masked = maskText(value, rules, set);
    if (masked !== value) {
      result += text.slice(copied, at) + JSON.stringify(masked);
      copied = end;
    }
    at = end;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || Number.isNaN(code)) return at + 1;
    at += code === 0x5c ? 2 : 1;
  }
}
