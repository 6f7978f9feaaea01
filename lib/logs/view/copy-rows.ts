import { z } from "zod";
import { withoutAnsi } from "./ansi";
import { fullTime, type TimeFrame } from "./row-time";

export const copyFormats = ["text", "jsonl", "markdown"] as const;
export type CopyFormat = (typeof copyFormats)[number];

export const copyFormatName: Record<CopyFormat, string> = {
  text: "text",
  jsonl: "JSON lines",
  markdown: "Markdown",
};

/** More than this is a file, not something for the clipboard: the export has no limit and proves itself. */
export const mostCopiedRows = 10_000;

/** What a line of an export says, as far as a copy in words needs it. */
const exportedRow = z.object({
  sequenceNumber: z.number(),
  timestamp: z.string(),
  level: z.string(),
  message: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
const exportedGap = z.object({ from: z.string(), to: z.string(), reason: z.string() });

const sourceFields = ["source", "SourceName", "component"];

/**
 * Rows as they leave the screen, from the lines of an export: whole messages, in order, in the clock of the screen, and a
 * line for what is missing among them. JSON lines are the export's own, with all their fields, whatever the screen shows.
 */
export function copyText(lines: readonly string[], format: CopyFormat, frame: TimeFrame): string {
  if (format === "jsonl") return lines.join("\n");
  let before: string | null = null;
  const words = lines.map((line) => {
    const content: unknown = JSON.parse(line);
    const row = exportedRow.safeParse(content).data;
    if (!row) {
      before = null;
      const { from, to, reason } = exportedGap.parse(content);
      return `[rows ${from} to ${to}: ${reason.replaceAll("_", " ")}]`;
    }
    const source = sourceFields
      .map((name) => row.metadata?.[name])
      .find((value) => typeof value === "string");
    const time = fullTime(row.timestamp, frame, before);
    before = row.timestamp;
    const parts = [String(row.sequenceNumber), time, row.level, source, withoutAnsi(row.message)];
    return parts.filter((part) => part !== undefined).join(" ");
  });
  if (format === "text") return words.join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(words) + 1));
  return [`${fence}log`, ...words, fence].join("\n");
}

/** A fence must be longer than any run of its sign in the text. */
function longestRun(lines: readonly string[]): number {
  let longest = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  }
  return longest;
}
