/** Rows of a CSV text as objects by the names in its first row. Quoted fields may hold commas, quotes and line breaks. */
export function* csvRows(text: string): Generator<Record<string, string>> {
  const [names, ...rows] = [...records(text)];
  for (const row of rows) yield Object.fromEntries((names ?? []).map((name, at) => [name, row[at] ?? ""]));
}

function* records(text: string): Generator<string[]> {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const start = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`The field at character ${start} is no CSV: a quote is not closed`);
    const [, quoted, plain, end] = found;
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") {
      if (field.lastIndex === text.length) row.push("");
      else continue;
    }
    yield row;
    row = [];
  }
}
