import type { ReadEntry } from "../entry-line";
import type { LogEntryRow } from "../schema";

/** Characters of a message that a list carries; the drawer reads the whole. */
export const listedCharacters = 2000;

/** Metadata fields that name where an entry came from, the most telling first. */
export const sourceFields = ["source", "SourceName", "component"] as const;

export function toEntryRow(
  entry: Pick<ReadEntry, "seq" | "at" | "level" | "message">,
  source: string | null,
  tier: LogEntryRow["tier"],
): LogEntryRow {
  const { text, cut } = cutMessage(entry.message);
  return {
    kind: "entry",
    seq: entry.seq.toString(),
    at: entry.at.toISOString(),
    level: entry.level,
    message: text,
    cut,
    source,
    tier,
  };
}

export function sourceOf(metadata: unknown): string | null {
  if (typeof metadata !== "object" || metadata === null) return null;
  const fields = new Map<string, unknown>(Object.entries(metadata));
  const found = sourceFields.map((name) => fields.get(name)).find((value) => typeof value === "string");
  return typeof found === "string" && found !== "" ? found : null;
}

function cutMessage(message: string): { text: string; cut: boolean } {
  if (message.length <= listedCharacters) return { text: message.toWellFormed(), cut: false };
  // Half a pair at the cut is dropped, not shown as a broken character.
  const text = message.slice(0, listedCharacters).replace(/[\uD800-\uDBFF]$/, "");
  return { text: text.toWellFormed(), cut: true };
}
