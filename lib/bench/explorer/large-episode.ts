import "server-only";
import { commitChunk } from "@/lib/archive/commit";
import { succeeded } from "@/lib/archive/ending";
import { acquireLease, leaseMs, releaseLease } from "@/lib/archive/lease";
import { ChunkEncoder } from "@/lib/archive/members";
import type { WorkspaceScope } from "@/lib/auth/access";
import { figuresByBlock } from "@/lib/logs/batch-figures";
import { toLogEntries } from "@/lib/logs/entry-document";
import { ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream } from "@/lib/logs/ingest-stream";
import { type ParsedEntry, parseLine } from "@/lib/logs/parse-line";
import { reserve } from "@/lib/logs/reserve";
import { settle } from "@/lib/logs/settle";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { documentSize } from "@/lib/mongo/document-size";
import { chunkKey } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { generateLines } from "../generate";
import type { Bench, EpisodeData } from "../goal";

const chunkRows = 50_000;
const hotRows = 20_000;

const made = new WeakMap<Bench, Promise<EpisodeData>>();

/** An episode of `bench.logs` rows, a hot tail and the rest in chunks, made once in a run. */
export function largeEpisode(bench: Bench): Promise<EpisodeData> {
  const episode = made.get(bench) ?? makeLargeEpisode(bench);
  made.set(bench, episode);
  return episode;
}

/**
 * Every step of the product but one: archived rows are packed as they are generated, without having been in MongoDB, which
 * would take longer than everything that is measured afterwards.
 */
async function makeLargeEpisode(bench: Bench): Promise<EpisodeData> {
  const scope = await bench.workspace();
  const episodeId = "large";
  const archived = Math.floor(Math.max(0, bench.logs - hotRows) / chunkRows) * chunkRows;
  // No worker runs beside a bench; the tail stays where it is.
  await ensureEpisode(scope, episodeId, {
    chunkSize: chunkRows,
    archiveThreshold: 10 * bench.logs,
    keepHot: hotRows,
  });
  const lines = generateLines(bench.logs, bench.seed);
  for (let rows = 0; rows < archived; rows += chunkRows) {
    bench.signal.throwIfAborted();
    if (rows % (chunkRows * 10) === 0)
      bench.note(`large episode: ${rows.toLocaleString("en")} rows of ${bench.logs.toLocaleString("en")}`);
    await archiveDirectly(scope, episodeId, rows / chunkRows, take(lines, chunkRows));
  }
  const answer = await ingestStream(scope, { episodeId, uploadId: "tail", lines: numbered(lines) });
  if (!answer.ok) throw new Error("The tail of the large episode could not be written.");
  return { scope, episodeId, rows: bench.logs };
}

/** One chunk: its numbers, its counters, its object and its place in the episode. */
async function archiveDirectly(
  scope: WorkspaceScope,
  episodeId: string,
  chunkNumber: number,
  parsed: ParsedEntry[],
): Promise<void> {
  const reservation = await reserve(scope, {
    episodeId,
    batchId: `chunk-${chunkNumber}`,
    contentHash: String(chunkNumber),
    accepted: parsed.length,
    rejected: 0,
  });
  if (reservation === "conflict") throw new Error(`Chunk ${chunkNumber} was written before.`);
  const entries = toLogEntries(parsed, reservation);
  const [encoded] = await Promise.all([packed(entries), settle(scope, reservation, figuresByBlock(entries))]);
  const taken = await acquireLease(scope, episodeId, "bench", leaseMs);
  if (!taken) throw new Error("Somebody else archives the large episode.");
  const { sha256, file } = encoded;
  const key = chunkKey(scope.workspaceId, episodeId, { chunkNumber, epoch: taken.lease.epoch, sha256 });
  await objectStore().put(key, file);
  const mongoBytes = entries.reduce((sum, entry) => sum + documentSize(entry), 0);
  await commitChunk(scope, taken.lease, chunkNumber, key, { encoded, tombstones: [], mongoBytes });
  await releaseLease(scope, taken.lease, succeeded);
}

async function packed(entries: LogEntry[]) {
  const [first] = entries;
  if (!first) throw new Error("A chunk without rows");
  const encoder = new ChunkEncoder(first.sequenceNumber);
  for (const entry of entries) {
    const busy = encoder.add(entry);
    if (busy) await busy;
  }
  const encoded = await encoder.finish([]);
  if (!encoded) throw new Error("A chunk without rows");
  return encoded;
}

function take(lines: Iterator<string>, count: number): ParsedEntry[] {
  return Array.from({ length: count }, () => {
    const next = lines.next();
    const parsed = next.done ? null : parseLine(next.value);
    if (!parsed?.ok) throw new Error("A generated line was refused.");
    return parsed.entry;
  });
}

async function* numbered(lines: Iterable<string>) {
  let number = 0;
  for (const text of lines) yield { number: ++number, text };
}
