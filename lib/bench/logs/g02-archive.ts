import { createGzip, gzipSync } from "node:zlib";
import { archiveEpisode } from "@/lib/archive/archiver";
import { ChunkEncoder } from "@/lib/archive/members";
import { toLine } from "@/lib/logs/entry-line";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { objectStore } from "@/lib/objects/store";
import { makeEpisode } from "../episodes";
import { generateLines } from "../generate";
import type { Bench, EpisodeData, Figure, Goal } from "../goal";
import { milliseconds, perSecond, processorTime, timed } from "../measure";
import { storedEntries } from "./stored-entries";

const rowsPerChunk = 50_000;
const mostRows = 200_000;
const rounds = 9;

/**
 * The baseline is what one writes first: a cursor, a gzip stream, one put per 50,000 rows. It verifies nothing, deletes
 * nothing and can neither be paged nor searched.
 */
export const goal: Goal = {
  id: "G2",
  title: "rows archived, verified and pruned a second against cursor, gzip -6 and put",
  async run(bench) {
    return [await speed(bench), await processorShare(bench)];
  },
};

async function speed(bench: Bench): Promise<Figure> {
  const rows = Math.min(bench.logs, mostRows);
  const episode = await makeEpisode(await bench.workspace(), "hot", rows, bench);
  // The first pass also brings the rows into the engine's memory, for both.
  await archiveNaively(bench, episode, "warm");
  const naive = await timed(() => archiveNaively(bench, episode, "measured"));
  const ours = await timed(() =>
    archiveEpisode(episode.scope, episode.episodeId, { trigger: "on_demand", everything: true }),
  );
  if (ours.value.rows !== rows || naive.value !== rows) throw new Error("Not all rows were archived");
  return {
    id: "G2",
    name: "archive",
    value: naive.ms / ours.ms,
    unit: "x",
    goal: { atLeast: 0.5 },
    ours: perSecond(rows, ours.ms),
    baseline: perSecond(rows, naive.ms),
  };
}

async function archiveNaively(
  bench: Bench,
  { scope, episodeId, rows }: EpisodeData,
  pass: string,
): Promise<number> {
  let written = 0;
  for (let from = 0; from < rows; from += rowsPerChunk) {
    const cursor = bench.mongo
      .collection("LogEntry")
      .find({
        workspaceId: scope.workspaceId,
        episodeId,
        sequenceNumber: { $gte: BigInt(from), $lt: BigInt(from + rowsPerChunk) },
      })
      .sort({ sequenceNumber: 1 });
    const gzip = createGzip({ level: 6 });
    const parts: Buffer[] = [];
    gzip.on("data", (part: Buffer) => parts.push(part));
    const ended = new Promise<void>((resolve, reject) => gzip.on("end", resolve).on("error", reject));
    for await (const { _id, workspaceId, episodeId: _, sequenceNumber, ...row } of cursor) {
      gzip.write(`${JSON.stringify({ sequenceNumber: Number(sequenceNumber), ...row })}\n`);
      written++;
    }
    gzip.end();
    await ended;
    await objectStore().put(`baseline=${pass}/${episodeId}-${from}.jsonl.gz`, Buffer.concat(parts));
  }
  return written;
}

/**
 * Processor time of index, filter, templates, histogram and hashes: what the encoder takes beyond lines and gzip. The least of
 * several rounds on each side: whatever else the machine does only ever adds.
 */
async function processorShare({ seed, logs }: Bench): Promise<Figure> {
  const [entries = []] = storedEntries(generateLines(Math.min(logs, rowsPerChunk), seed), rowsPerChunk);
  const text = Buffer.from(linesOf(entries));
  const encoded: number[] = [];
  const plain: number[] = [];
  const gzip: number[] = [];
  for (let round = 0; round < rounds; round++) {
    encoded.push(await processorTime(() => encode(entries)));
    plain.push(await processorTime(async () => gzipSync(linesOf(entries), { level: 6 })));
    gzip.push(await processorTime(async () => gzipSync(text, { level: 6 })));
  }
  const extra = Math.min(...encoded) - Math.min(...plain);
  return {
    id: "G2",
    name: "processor time of index, filter and hash",
    value: extra / Math.min(...gzip),
    unit: "x",
    goal: { atMost: 1 },
    ours: milliseconds(extra),
    baseline: milliseconds(Math.min(...gzip)),
  };
}

async function encode(entries: LogEntry[]): Promise<void> {
  const encoder = new ChunkEncoder(0n);
  for (const entry of entries) {
    const busy = encoder.add(entry);
    if (busy) await busy;
  }
  await encoder.finish([]);
}

function linesOf(entries: LogEntry[]): string {
  return `${entries.map((entry) => toLine(entry)).join("\n")}\n`;
}
