/** First characters by which a spreadsheet takes a cell for a formula. */
const formulaStart = /^[=+\-@\t\r]/;
/** `#` as well: programs that skip comment lines also cut an unquoted cell at it. */
const needsQuotes = /[",\r\n#]|^ | $/;

/**
 * Text somebody else wrote, as a CSV cell (RFC 4180). What a spreadsheet would run gets an apostrophe before it; JSON lines
 * give the text as it is.
 */
export function textCell(text: string): string {
  return quoted(formulaStart.test(text) ? `'${text}` : text);
}

/** JSON begins with a bracket, so no spreadsheet takes it for a formula. */
export function jsonCell(json: string): string {
  return json === "" ? "" : `"${json.replaceAll('"', '""')}"`;
}

/** Whether bytes without a quote or a line end in them are a cell as they are. */
export function isPlainCell(source: Buffer, from: number, to: number): boolean {
  if (from === to) return true;
  if (formulaBytes.has(source[from] ?? 0) || source[from] === space || source[to - 1] === space) return false;
  for (let at = from; at < to; at++) if (source[at] === comma || source[at] === hash) return false;
  return true;
}

const comma = 0x2c;
const hash = 0x23;
const space = 0x20;
const formulaBytes = new Set([..."=+-@\t\r"].map((character) => character.charCodeAt(0)));

function quoted(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
