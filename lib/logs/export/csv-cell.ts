/** First characters by which a spreadsheet takes a cell for a formula. */
const formulaStart = /^[=+\-@\t\r]/;
/** `#` as well: programs that skip comment lines also cut an unquoted cell at it. */
const needsQuotes = /[",\r\n#]|^\s|\s$/;

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

function quoted(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
