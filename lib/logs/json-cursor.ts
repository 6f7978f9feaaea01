import { asInt64, isDocumentKey, type JsonValue, maxDocumentDepth } from "./json-value";

export type JsonKind = "string" | "object" | "array" | "boolean" | "null" | "number";

export class JsonTextError extends Error {
  constructor(
    readonly position: number,
    message: string,
  ) {
    super(`${message} at character ${position + 1}`);
    this.name = "JsonTextError";
  }
}

/** Deeper text is refused: nobody reads it, and recursion has an end. */
const maxDepth = 500;
/** Most strings: between the quotes no quote, no backslash and no control character. */
const plainString = /"[ !#-[\]-\uffff]*"/y;
const numberToken = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

/**
 * Reads JSON from a place in a text, piece by piece: what the caller does not ask for is never built. A text that is not
 * JSON throws a JsonTextError at the place where it stops being it.
 */
export class JsonCursor {
  /** Where the next token begins; a caller may go back to where it was. */
  at = 0;
  /** Falls to false when something was read whose value cannot give back what the text says. */
  exact = true;
  private depth = 0;

  constructor(readonly text: string) {
    this.space();
  }

  /** What stands here, told by its first character. */
  kind(): JsonKind {
    switch (this.text.charCodeAt(this.at)) {
      case 0x22:
        return "string";
      case 0x7b:
        return "object";
      case 0x5b:
        return "array";
      case 0x74:
      case 0x66:
        return "boolean";
      case 0x6e:
        return "null";
      default:
        return "number";
    }
  }

  value(): JsonValue {
    switch (this.text.charCodeAt(this.at)) {
      case 0x22:
        return this.string();
      case 0x7b:
        return this.object();
      case 0x5b:
        return this.array();
      case 0x74:
        return this.word("true", true);
      case 0x66:
        return this.word("false", false);
      case 0x6e:
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  private object(): JsonValue {
    const result: { [key: string]: JsonValue } = {};
    this.members((key, keyIsExact) => {
      if (!keyIsExact || Object.hasOwn(result, key)) this.exact = false;
      const value = this.value();
      // Assigning this one would set the prototype; the text keeps it.
      if (key !== "__proto__") result[key] = value;
    });
    return result;
  }

  /** Calls `each` with its cursor on the value of every key; `each` must step over it. */
  members(each: (key: string, keyIsExact: boolean) => void): void {
    this.enter();
    if (this.closed("}")) return;
    do {
      this.space();
      if (this.text[this.at] !== '"') throw this.error("Expected a key in quotes");
      const before = this.exact;
      this.exact = true;
      const key = this.string();
      const keyIsExact = this.exact && isDocumentKey(key);
      this.exact = before;
      this.space();
      if (this.text[this.at] !== ":") throw this.error("Expected :");
      this.at++;
      this.space();
      each(key, keyIsExact);
    } while (this.another("}"));
  }

  private array(): JsonValue[] {
    const result: JsonValue[] = [];
    this.elements(() => result.push(this.value()));
    return result;
  }

  /** Calls `each` with its cursor on every element; `each` must step over it. */
  elements(each: () => void): void {
    this.enter();
    if (this.closed("]")) return;
    do {
      this.space();
      each();
    } while (this.another("]"));
  }

  /** The same for a caller that stops in between; whoever iterates must step over the element. */
  *items(): Generator<undefined> {
    this.enter();
    if (this.closed("]")) return;
    do {
      this.space();
      yield;
    } while (this.another("]"));
  }

  /** Steps over whatever stands here without building it. */
  skip(): void {
    const kind = this.kind();
    if (kind === "object") this.members(() => this.skip());
    else if (kind === "array") this.elements(() => this.skip());
    else this.value();
  }

  /** Steps over an object and tells where each of its values stands, so that they can be read in any order. */
  places(): Map<string, number> {
    const places = new Map<string, number>();
    this.members((key) => {
      if (places.has(key)) throw this.error(`${JSON.stringify(key)} is there twice, before`);
      places.set(key, this.at);
      this.skip();
    });
    return places;
  }

  /** What follows must be nothing but space. */
  end(what: string): void {
    this.space();
    if (this.at < this.text.length) throw this.error(`Something follows the JSON ${what}`);
  }

  /** Steps over the opening bracket. */
  private enter(): void {
    this.at++;
    if (++this.depth > maxDepth) throw this.error("Nested too deeply");
    if (this.depth > maxDocumentDepth) this.exact = false;
  }

  private closed(bracket: string): boolean {
    this.space();
    if (this.text[this.at] !== bracket) return false;
    this.at++;
    this.depth--;
    return true;
  }

  private another(bracket: string): boolean {
    if (this.closed(bracket)) return false;
    if (this.text[this.at] !== ",") throw this.error(`Expected , or ${bracket}`);
    this.at++;
    return true;
  }

  string(): string {
    const start = this.at;
    plainString.lastIndex = start;
    if (plainString.test(this.text)) {
      this.at = plainString.lastIndex;
      return this.checked(this.text.slice(start + 1, this.at - 1));
    }
    for (let at = start + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x5c) at++;
      else if (code === 0x22) {
        this.at = at + 1;
        return this.checked(this.unescape(start, at + 1));
      } else if (code < 0x20) {
        this.at = at;
        throw this.error("A control character must be escaped");
      }
    }
    throw this.error("A string does not end");
  }

  private checked(value: string): string {
    if (!value.isWellFormed()) this.exact = false;
    return value;
  }

  private unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end));
    } catch {
      this.at = start;
      throw this.error("A string has an escape that JSON does not know");
    }
  }

  number(): number | bigint {
    numberToken.lastIndex = this.at;
    const match = numberToken.exec(this.text);
    if (!match) throw this.error(this.at < this.text.length ? "Expected a value" : "The text ends too early");
    const [token, fraction, exponent] = match;
    this.at += token.length;
    const value = Number(token);
    // Only what may fit int64 is worth a bigint: a megabyte of digits would take its time.
    const whole = fraction === undefined && exponent === undefined && token.length <= 20;
    if (whole && !Number.isSafeInteger(value)) {
      const integer = asInt64(BigInt(token));
      if (integer !== null) return integer;
    }
    // Also tells -0, 1.0, 1e3 and digits beyond a double, each of which would be read back as other text.
    if (String(value) !== token) this.exact = false;
    return Number.isFinite(value) ? value : Number.MAX_VALUE;
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.error("Expected a value");
    this.at += word.length;
    return value;
  }

  private space(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  error(message: string): JsonTextError {
    return new JsonTextError(this.at, message);
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
