import { toLogEntries } from "@/lib/logs/entry-document";
import { type ParsedEntry, parseLine } from "@/lib/logs/parse-line";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";

const workspaceId = "0190f5c0-0000-7000-8000-000000000000";

/** Lines as the documents that ingest would store, `perBatch` at a time. */
export function* storedEntries(lines: Iterable<string>, perBatch: number): Generator<LogEntry[]> {
  let startSequence = 0n;
  let batch: ParsedEntry[] = [];
  const stored = () =>
    toLogEntries(batch, { workspaceId, episodeId: "bench", startSequence, createdAt: new Date() });
  for (const line of lines) {
    const parsed = parseLine(line);
    if (!parsed.ok) throw new Error(`A generated line was refused: ${parsed.reason}`);
    batch.push(parsed.entry);
    if (batch.length < perBatch) continue;
    yield stored();
    startSequence += BigInt(batch.length);
    batch = [];
  }
  if (batch.length > 0) yield stored();
}
