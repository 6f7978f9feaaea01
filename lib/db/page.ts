import { z } from "zod";

/** The list as far as it is shown, and where the next page starts; null on the last one. */
export type Page<Row> = { rows: Row[]; next: string | null };

/** Where a list ordered by (time, id) goes on. Opaque to the browser, which carries it in the URL. */
export const timeCursor = z.tuple([
  z.iso.datetime().transform((text) => new Date(text)),
  z.string().min(1).max(128),
]);

/** A cursor as it stands in a URL. Dates become ISO strings in it, bigints strings of digits. */
export function encodeCursor(parts: readonly (string | number | bigint | Date)[]): string {
  const plain = parts.map((part) => (typeof part === "bigint" ? part.toString() : part));
  return Buffer.from(JSON.stringify(plain), "utf8").toString("base64url");
}

/** The cursor in a URL. Anything malformed is null, which means the first page: a link that was cut short still shows something. */
export function decodeCursor<Schema extends z.ZodType>(
  text: string | null | undefined,
  schema: Schema,
): z.output<Schema> | null {
  if (!text || text.length > 512) return null;
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** One page of rows that were read with `limit(size + 1)`: the one too many says that there is a next page. */
export function toPage<Row>(rows: Row[], size: number, cursorOf: (last: Row) => string): Page<Row> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > size && last !== undefined ? cursorOf(last) : null };
}
