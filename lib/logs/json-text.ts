/** A JSON value as a document holds it: integers beyond the safe range of a double are bigints (int64). */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

export interface JsonField {
  key: string;
  value: JsonValue;
  /** Where the value stands in the text. */
  start: number;
  end: number;
  /** False when `value` cannot give back what the text says: write it to a document and something is lost. */
  exact: boolean;
  /** The object has this key more than once. */
  repeated: boolean;
}

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
/** Documents nest less deep than this; what goes deeper lives in its text alone. */
const maxDocumentDepth = 80;
const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
/** Most strings: between the quotes no quote, no backslash and no control character. */
const plainString = /"[ !#-[\]-\uffff]*"/y;
const numberToken = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

/**
 * Reads a text that must be one JSON object. Unlike JSON.parse it knows, field by field, whether the value can stand for
 * the text (invariant: what is read equals what was sent): no rounded or re-spelled number, no repeated or reordered key,
 * no half of a surrogate pair.
 */
export function scanObject(text: string): JsonField[] {
  return new Scanner(text).document();
}

class Scanner {
  private at = 0;
  private depth = 0;
  private exact = true;

  constructor(private readonly text: string) {}

  document(): JsonField[] {
    this.space();
    if (this.text[this.at] !== "{") throw this.error("Not a JSON object: expected {");
    const fields: JsonField[] = [];
    this.members((key, keyIsExact) => {
      this.exact = keyIsExact;
      const start = this.at;
      const value = this.value();
      fields.push({ key, value, start, end: this.at, exact: this.exact, repeated: false });
    });
    this.space();
    if (this.at < this.text.length) throw this.error("Something follows the JSON object");
    return withRepeatsMarked(fields);
  }

  private value(): JsonValue {
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

  private members(each: (key: string, keyIsExact: boolean) => void): void {
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
    this.enter();
    if (this.closed("]")) return result;
    do {
      this.space();
      result.push(this.value());
    } while (this.another("]"));
    return result;
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

  private string(): string {
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

  private number(): number | bigint {
    numberToken.lastIndex = this.at;
    const match = numberToken.exec(this.text);
    if (!match) throw this.error(this.at < this.text.length ? "Expected a value" : "The text ends too early");
    const [token, fraction, exponent] = match;
    this.at += token.length;
    const value = Number(token);
    if (fraction === undefined && exponent === undefined && !Number.isSafeInteger(value)) {
      const whole = BigInt(token);
      if (whole >= int64.min && whole <= int64.max) return whole;
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

  private error(message: string): JsonTextError {
    return new JsonTextError(this.at, message);
  }
}

/** Keys that a document or a JavaScript object would refuse, interpret, or move to another place. */
function isDocumentKey(key: string): boolean {
  if (key === "" || key === "__proto__" || key === "_bsontype") return false;
  return !key.startsWith("$") && !key.includes("\0") && !/^\d+$/.test(key);
}

function withRepeatsMarked(fields: JsonField[]): JsonField[] {
  const seen = new Map<string, JsonField>();
  for (const field of fields) {
    const earlier = seen.get(field.key);
    if (earlier) {
      Object.assign(earlier, { exact: false, repeated: true });
      Object.assign(field, { exact: false, repeated: true });
    }
    seen.set(field.key, field);
  }
  return fields;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
