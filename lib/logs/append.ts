import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type EpisodeSettings, ensureEpisode } from "./episodes";
import { type BatchAnswer, ingestBatch } from "./ingest";
import { parseLine } from "./parse-line";

/** For producers inside the console: `message`, `timestamp` and `level` as in an upload, all else becomes metadata. */
export type LogRecord = { message: string; level?: string; timestamp?: string; [field: string]: unknown };

/** Appends records to an episode through the same path as an upload; at most some thousands at a time. */
export async function appendLogs(
  scope: WorkspaceScope,
  episodeId: string,
  batchId: string,
  records: LogRecord[],
  settings?: EpisodeSettings,
): Promise<BatchAnswer> {
  const entries = records.map((record) => {
    const parsed = parseLine(JSON.stringify(record));
    if (!parsed.ok) throw new Error(`A record cannot be a log entry: ${parsed.reason}`);
    return parsed.entry;
  });
  if (settings) await ensureEpisode(scope, episodeId, settings);
  return ingestBatch(scope, { episodeId, batchId, entries, final: true });
}
