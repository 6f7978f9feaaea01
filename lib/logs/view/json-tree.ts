/**
 * A JSON text as a tree that keeps what was written: digits of an int64, repeated keys, -0, lone surrogates. JSON.parse
 * would round, drop or reorder them, and the drawer promises to show what is stored.
 */
export interface JsonNode {
  /** Name within the parent; the position for an array's item; null at the top. */
  key: string | null;
  kind: "object" | "array" | "string" | "number" | "literal";
  /** The node as it stands in the text. */
  text: string;
  /** Where it starts in the whole text. */
  at: number;
  children: JsonNode[];
}

const deepest = 100;

/** Null when the text is not JSON, or nests deeper than a person can follow; the raw text is shown then. */
export function parseJsonTree(text: string): JsonNode | null {
  try {
    const reader = new Reader(text);
    const node = reader.value(null, 0);
    reader.blank();
    return reader.at === text.length ? node : null;
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

/** A string node without its quotes and escapes, for reading. Copying takes `text`. */
export function readable(node: JsonNode): string {
  return node.kind === "string" ? unquoted(node.text) : node.text;
}

class NotJson extends Error {}

class Reader {
  at = 0;
  constructor(readonly text: string) {}

  value(key: string | null, depth: number): JsonNode {
    this.blank();
    const start = this.at;
    const sign = this.text[this.at];
    if (sign === "{" || sign === "[") {
      const children = this.children(sign, depth);
      const kind = sign === "{" ? "object" : "array";
      return { key, kind, at: start, text: this.text.slice(start, this.at), children };
    }
    if (sign === '"')
      return { key, kind: "string", at: start, text: this.take(/"[^"\\]*(?:\\.[^"\\]*)*"/sy), children: [] };
    if (sign === "t" || sign === "f" || sign === "n") {
      return { key, kind: "literal", at: start, text: this.take(/true|false|null/y), children: [] };
    }
    return {
      key,
      kind: "number",
      at: start,
      text: this.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y),
      children: [],
    };
  }

  blank() {
    this.take(/[ \t\n\r]*/y);
  }

  private children(open: "{" | "[", depth: number): JsonNode[] {
    if (depth >= deepest) throw new NotJson();
    const close = open === "{" ? "}" : "]";
    const children: JsonNode[] = [];
    this.at += 1;
    this.blank();
    while (this.text[this.at] !== close) {
      if (children.length > 0) this.expect(",");
      children.push(this.value(open === "{" ? this.name() : String(children.length), depth + 1));
      this.blank();
    }
    this.at += 1;
    return children;
  }

  private name(): string {
    this.blank();
    const name = unquoted(this.take(/"[^"\\]*(?:\\.[^"\\]*)*"/sy));
    this.blank();
    this.expect(":");
    return name;
  }

  private expect(sign: string) {
    if (this.text[this.at] !== sign) throw new NotJson();
    this.at += 1;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) throw new NotJson();
    this.at += match[0].length;
    return match[0];
  }
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    // A control character that JSON forbids unescaped: shown as it stands.
    return text.slice(1, -1);
  }
}
