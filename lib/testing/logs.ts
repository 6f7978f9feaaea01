import { randomBytes } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type EpisodeSettings, ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream, type UploadAnswer } from "@/lib/logs/ingest-stream";
import { type ParsedEntry, parseLine } from "@/lib/logs/parse-line";
import { readLogPage } from "@/lib/logs/queries";
import type { LogPage, LogRow } from "@/lib/logs/schema";

const levels = ["info", "info", "info", "warn", "debug", "error", "info", "fatal"];
const start = Date.parse("2026-11-20T08:00:00.000Z");

/** A name no other test has. */
export const newEpisodeId = (name = "episode") => `${name}-${randomBytes(4).toString("hex")}`;

/** Ordinary lines; the n-th one says n, so that a row that stands in the wrong place is seen. */
export function logLines(count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return JSON.stringify({
      timestamp: new Date(start + number * 10).toISOString(),
      level: levels[number % levels.length],
      message: `line ${number}`,
      source: `part-${number % 3}`,
      number,
    });
  });
}

export function parsedLines(lines: string[]): ParsedEntry[] {
  return lines.map((line) => {
    const parsed = parseLine(line);
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.entry;
  });
}

/** Writes lines into a new or existing episode and expects them all to be taken. */
export async function uploadLines(
  scope: WorkspaceScope,
  episodeId: string,
  lines: string[],
  {
    uploadId = randomBytes(8).toString("hex"),
    settings = {},
  }: { uploadId?: string; settings?: EpisodeSettings } = {},
): Promise<Extract<UploadAnswer, { ok: true }>> {
  await ensureEpisode(scope, episodeId, settings);
  const numbered = async function* () {
    for (const [index, text] of lines.entries()) yield { number: index + 1, text };
  };
  const answer = await ingestStream(scope, { episodeId, uploadId, lines: numbered() });
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

interface Walk {
  limit?: number;
  direction?: "forward" | "backward";
}

/** Every row of an episode, page by page, in ascending order. */
export async function walkEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  { limit = 100, direction = "forward" }: Walk = {},
): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  let from: string | null = direction === "forward" ? "0" : "9999999999";
  while (from !== null) {
    const filter = { levels: [], text: "" };
    const page: LogPage | null = await readLogPage(scope, episodeId, { from, direction, limit, filter });
    if (!page) throw new Error(`There is no episode ${episodeId}`);
    if (direction === "forward") rows.push(...page.rows);
    else rows.unshift(...page.rows);
    from = page.next;
  }
  return rows;
}

/** The messages of the rows that are entries. */
export function messagesOf(rows: LogRow[]): string[] {
  return rows.flatMap((row) => (row.kind === "entry" ? [row.message] : []));
}

/** Numbers that rows and gaps cover, in the order they came. */
export function numbersOf(rows: LogRow[]): number[] {
  return rows.flatMap((row) => {
    if (row.kind === "entry") return [Number(row.seq)];
    const from = Number(row.from);
    return Array.from({ length: Number(row.to) - from + 1 }, (_, index) => from + index);
  });
}

export const range = (count: number, first = 0) => Array.from({ length: count }, (_, index) => first + index);
