import "server-only";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { archiveEpisode } from "@/lib/archive/archiver";
import { ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream } from "@/lib/logs/ingest-stream";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { generateLines } from "../generate";
import type { Bench, EpisodeData } from "../goal";

const made = new WeakMap<Bench, Map<string, Promise<EpisodeData>>>();

/** An archived episode of so many chunks of equal size, made once in a run. */
export function chunkedEpisode(bench: Bench, rows: number, chunks: number): Promise<EpisodeData> {
  const episodes = made.get(bench) ?? new Map<string, Promise<EpisodeData>>();
  made.set(bench, episodes);
  const key = `${rows}/${chunks}`;
  const episode = episodes.get(key) ?? makeChunked(bench, rows, chunks);
  episodes.set(key, episode);
  return episode;
}

async function makeChunked(bench: Bench, rows: number, chunks: number): Promise<EpisodeData> {
  const scope = await bench.workspace();
  const episodeId = `bench-${chunks}-chunks`;
  await ensureEpisode(scope, episodeId, {
    chunkSize: Math.ceil(rows / chunks),
    archiveThreshold: rows,
    keepHot: 0,
  });
  bench.note(`writing and archiving ${rows.toLocaleString("en")} rows in ${chunks} chunks`);
  const answer = await ingestStream(scope, { episodeId, uploadId: "bench", lines: numbered(bench, rows) });
  if (!answer.ok) throw new Error(`The episode of ${chunks} chunks could not be written.`);
  const options = { trigger: "on_demand", everything: true, signal: bench.signal } as const;
  const result = await archiveEpisode(scope, episodeId, options);
  if (result.chunks !== chunks) throw new Error(`There are ${result.chunks} chunks: ${result.error}`);
  return { scope, episodeId, rows };
}

async function* numbered({ seed, signal }: Bench, rows: number) {
  let number = 0;
  for (const text of generateLines(rows, seed)) {
    if (number % 1000 === 0) signal.throwIfAborted();
    yield { number: ++number, text };
  }
}

export function chunksOf({ scope, episodeId }: EpisodeData): Promise<LogChunk[]> {
  return scoped(scope).collection(logChunks).find({ episodeId }).sort({ startSequence: 1 }).toArray();
}

/** The files of an archived episode in the directory store, in order. */
export async function filesOf(bench: Bench, episode: EpisodeData): Promise<string[]> {
  return (await chunksOf(episode)).map(({ src }) => join(bench.objects, src));
}

/** What a shell command prints, with the files as "$@"; grep's "nothing found" is an answer, not a failure. */
export async function shell(script: string, files: string[], signal: AbortSignal): Promise<string> {
  const child = spawn("sh", ["-c", script, "sh", ...files], { signal, stdio: ["ignore", "pipe", "inherit"] });
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  const [status] = await once(child, "close");
  if (status !== 0 && status !== 1) throw new Error(`${script} ended with ${status}`);
  return Buffer.concat(parts).toString("utf8");
}
