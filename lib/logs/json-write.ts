const stringOrSpace = /"[^"\\]*(?:\\.[^"\\]*)*"|[ \t\r\n]+/g;

/** Valid JSON without the space between its tokens and with strings spelled one way; numbers and keys stay as they are. */
export function compactJson(text: string): string {
  return text.replace(stringOrSpace, (token) => (token[0] === '"' ? JSON.stringify(JSON.parse(token)) : ""));
}

/** A document value as JSON text; int64 as its digits. */
export function toJsonText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return value.toString();
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    default:
      if (Array.isArray(value)) return `[${value.map(toJsonText).join(",")}]`;
      if (value instanceof Date) return JSON.stringify(value);
      if (typeof value !== "object" || value === null) return "null";
      return `{${Object.entries(value)
        .map(([key, item]) => `${JSON.stringify(key)}:${toJsonText(item)}`)
        .join(",")}}`;
  }
}
