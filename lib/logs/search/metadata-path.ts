/** A key of an object or an index of an array. */
export type PathStep = { key: string } | { index: number };

const step = /\.?([^.[\]]+)|\[(\d{1,9})\]|\.?\[("(?:[^"\\]|\\.)*")\]/y;

/** `a.b[0]["c d"]` as steps; null when it is no path. */
export function parsePath(path: string): PathStep[] | null {
  const steps: PathStep[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < path.length) {
    const match = step.exec(path);
    if (!match) return null;
    const [, key, index, quoted] = match;
    if (key !== undefined) steps.push({ key });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else {
      const unquoted = unquote(quoted ?? "");
      if (unquoted === null) return null;
      steps.push({ key: unquoted });
    }
  }
  return steps.length > 0 ? steps : null;
}

/**
 * The JSON texts that stand at a path of a JSON text, as they are written: a number keeps its digits. There may be several,
 * because `http.status` means a key "status" inside "http" as well as a key with a dot in it, and a key may be repeated.
 */
export function textsAt(json: string, path: PathStep[]): string[] {
  const found: string[] = [];
  collect(json, skipSpace(json, 0), path, found);
  return found;
}

/** What a JSON text says: a string without its quotes and escapes, anything else as it is written. */
export function plainText(json: string): string {
  return json.startsWith('"') ? (unquote(json) ?? json) : json;
}

/** Goes through the members of the value at `at`, and returns where that value ends. The text is JSON we wrote ourselves. */
function collect(json: string, at: number, path: PathStep[], found: string[]): number {
  if (path.length === 0) {
    const end = endOf(json, at);
    found.push(json.slice(at, end));
    return end;
  }
  if (json[at] === "{") return collectFromObject(json, at, path, found);
  if (json[at] === "[") return collectFromArray(json, at, path, found);
  return endOf(json, at);
}

function collectFromObject(json: string, start: number, path: PathStep[], found: string[]): number {
  let at = skipSpace(json, start + 1);
  while (at < json.length && json[at] !== "}") {
    const keyEnd = endOf(json, at);
    const key = plainText(json.slice(at, keyEnd));
    const value = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const taken = stepsTaken(path, key);
    at = taken > 0 ? collect(json, value, path.slice(taken), found) : endOf(json, value);
    at = skipSeparator(json, at);
  }
  return at + 1;
}

function collectFromArray(json: string, start: number, path: PathStep[], found: string[]): number {
  const [first, ...rest] = path;
  const wanted = first && "index" in first ? first.index : -1;
  let at = skipSpace(json, start + 1);
  for (let index = 0; at < json.length && json[at] !== "]"; index++) {
    at = index === wanted ? collect(json, at, rest, found) : endOf(json, at);
    at = skipSeparator(json, at);
  }
  return at + 1;
}

/** How many steps a key stands for: the steps `http`, `status` are met by the key "http" and by the key "http.status". */
function stepsTaken(path: PathStep[], key: string): number {
  let joined = "";
  for (const [index, part] of path.entries()) {
    if (!("key" in part)) return 0;
    joined = index === 0 ? part.key : `${joined}.${part.key}`;
    if (joined === key) return index + 1;
    if (!key.startsWith(`${joined}.`)) return 0;
  }
  return 0;
}

const stringToken = /"(?:[^"\\]|\\.)*"/y;
const scalarToken = /[^\s,\]}]+/y;
const bracket = /["{}[\]]/g;

/** Where the value that starts at `start` ends. */
function endOf(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return endOfToken(stringToken, json, start);
  if (first !== "{" && first !== "[") return endOfToken(scalarToken, json, start);
  let depth = 0;
  bracket.lastIndex = start;
  for (let match = bracket.exec(json); match; match = bracket.exec(json)) {
    if (match[0] === '"') bracket.lastIndex = endOfToken(stringToken, json, match.index);
    else if (match[0] === "{" || match[0] === "[") depth++;
    else if (--depth === 0) return bracket.lastIndex;
  }
  return json.length;
}

function endOfToken(token: RegExp, json: string, start: number): number {
  token.lastIndex = start;
  return token.test(json) ? token.lastIndex : json.length;
}

function skipSeparator(json: string, start: number): number {
  const at = skipSpace(json, start);
  return json[at] === "," ? skipSpace(json, at + 1) : at;
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (json[at] === " " || json[at] === "\n" || json[at] === "\t" || json[at] === "\r") at++;
  return at;
}

function unquote(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
