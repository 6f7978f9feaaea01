import "server-only";
import { gunzipSync } from "node:zlib";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { readLogPage } from "@/lib/logs/queries";
import { membersOf } from "@/lib/logs/read/cold-rows";
import { MemberRows } from "@/lib/logs/read/member-rows";
import { fetchMembers, type Member, openMember } from "@/lib/logs/read/open-member";
import type { LogChunk } from "@/lib/mongo/collections/log-chunks";
import type { ObjectStore } from "@/lib/objects/object-store";
import { S3Store } from "@/lib/objects/s3";
import { objectStore } from "@/lib/objects/store";
import { seededRandom } from "@/lib/seeded-random";
import type { Bench, EpisodeData, Goal } from "../goal";
import { untilIdle } from "../idle";
import { median, milliseconds, percentile, timed } from "../measure";
import { type WatchedStore, watchingReads } from "../watched-store";
import { chunksOf } from "./archive-files";

const rowsPerPage = 200;
const rowsPerMember = 1000;
const pages = 80;
const downloads = 20;
/** Pages are read by a server that has read pages before. */
const warmUp = 10;
const pagesPerDownload = 4;

/**
 * A page of the archive. Bytes and the whole answer are measured through the page reader, on the S3 server where there is
 * one; the time of reading alone, without the look-ups in the database that both ways need, on the directory.
 */
export const goal: Goal = {
  id: "G3",
  title: "a page of archived rows / the whole chunk fetched and unpacked",
  async run(bench) {
    const archived = await bench.episode("archived", bench.logs);
    const hot = await bench.episode("hot", Math.min(50_000, bench.logs));
    const chunks = await chunksOf(archived);
    await untilIdle(bench);
    const reading = await readingTimes(archived, chunks);
    const { store, name } = await storeWith(chunks);
    const cold = await watchingReads((watched) => coldPages(bench, archived, watched), store);
    const places = Array.from({ length: pages }, (_, n) => Math.floor((n * hot.rows) / pages));
    const hotMs = await pagesOf(bench, hot, places);
    const chunkBytes = chunks.reduce((sum, { sizeBytes }) => sum + Number(sizeBytes), 0) / chunks.length;
    const perPage = cold.bytes / cold.ms.length;
    return [
      {
        id: "G3",
        name: "archived page, bytes",
        value: chunkBytes / perPage,
        unit: "x",
        goal: { atLeast: 40 },
        ours: `${(perPage / 1e3).toFixed(1)} kB`,
        baseline: `${(chunkBytes / 1e3).toFixed(1)} kB`,
      },
      {
        id: "G3",
        name: "archived page, time to read its rows",
        value: median(reading.whole) / median(reading.member),
        unit: "x",
        goal: { atLeast: 25 },
        ours: milliseconds(median(reading.member)),
        baseline: milliseconds(median(reading.whole)),
      },
      {
        id: "G3",
        name: `archived page (${name}) / hot page, 95th percentile`,
        value: percentile(cold.ms, 0.95) / percentile(hotMs, 0.95),
        unit: "x",
        goal: { atMost: 3 },
        ours: milliseconds(percentile(cold.ms, 0.95)),
        baseline: milliseconds(percentile(hotMs, 0.95)),
      },
    ];
  },
};

/**
 * The rows of a page out of one member, and the way one reads an ordinary .jsonl.gz: all of it fetched, unpacked and cut into
 * lines. One after the other, so that both meet the same machine.
 */
async function readingTimes(
  { scope }: EpisodeData,
  chunks: LogChunk[],
): Promise<{ member: number[]; whole: number[] }> {
  const times: { member: number[]; whole: number[] } = { member: [], whole: [] };
  for (let n = 0; n < warmUp + downloads; n++) {
    const chunk = chunks[n % chunks.length];
    const members = chunk ? await membersOf(scope, chunk) : [];
    if (!chunk || members.length === 0) throw new Error("The episode has no chunk.");
    const pages: { ms: number; messages: string; from: bigint }[] = [];
    for (let page = 0; page < pagesPerDownload; page++) {
      const member = members[(n + page * 11) % members.length] ?? members[0];
      if (member) pages.push(await pageOf(chunk, member));
    }
    const { from, messages } = pages[0] ?? { from: 0n, messages: "" };
    const whole = await timed(async () => {
      const text = gunzipSync((await objectStore().get(chunk.src)) ?? Buffer.alloc(0)).toString("utf8");
      const place = Number(from - chunk.startSequence);
      const lines = text.split("\n").slice(place, place + rowsPerPage);
      return lines.map((line): unknown => JSON.parse(line).message);
    });
    if (whole.value.join("\n") !== messages) {
      throw new Error(`Chunk ${chunk.chunkNumber} was not read as it was written.`);
    }
    if (n < warmUp) continue;
    times.member.push(...pages.map(({ ms }) => ms));
    times.whole.push(whole.ms);
  }
  return times;
}

/** Two hundred rows from the middle of a member. */
async function pageOf(
  chunk: LogChunk,
  member: Member,
): Promise<{ ms: number; messages: string; from: bigint }> {
  const from = member.startSequence + 400n;
  const { ms, value } = await timed(async () => {
    const fetched = await fetchMembers(chunk, [member]);
    const opened = fetched.ok ? await openMember(chunk, member, fetched.bytes, { alone: true }) : fetched;
    if (!opened.ok) return [];
    return MemberRows.ofLines(opened.lines).within({ from, to: from + BigInt(rowsPerPage) - 1n });
  });
  return { ms, messages: value.map(({ message }) => message).join("\n"), from };
}

/** The S3 server of S3_ENDPOINT with the chunks in it; without one, the directory they are in already. */
async function storeWith(chunks: LogChunk[]): Promise<{ store: ObjectStore; name: string }> {
  const directory = objectStore();
  const endpoint = process.env.S3_ENDPOINT;
  if (!endpoint) return { store: directory, name: "directory" };
  const options = {
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: "bench", secretAccessKey: "bench-bench" },
  };
  const bucket = `bench-${Date.now().toString(36)}`;
  await new S3Client(options).send(new CreateBucketCommand({ Bucket: bucket }));
  const store = new S3Store({ bucket, ...options });
  for (const { src } of chunks) {
    const bytes = await directory.get(src);
    if (bytes) await store.put(src, bytes);
  }
  return { store, name: "S3" };
}

/** Pages at random places, each in a member that no other page touches: the reader keeps members it has read. */
async function coldPages(
  bench: Bench,
  episode: EpisodeData,
  watched: WatchedStore,
): Promise<{ ms: number[]; bytes: number }> {
  const random = seededRandom(`pages ${bench.seed}`);
  // A page may reach into the next member, so every other one is a start.
  const places = Math.floor(episode.rows / rowsPerMember / 2);
  const count = Math.min(pages + 1, places);
  const chosen = Array.from({ length: count }, (_, n) => {
    return Math.floor((n * places) / count) * 2 * rowsPerMember + random.whole(0, rowsPerMember - 1);
  });
  // The first page opens connections.
  await pagesOf(bench, episode, chosen.slice(0, 1));
  watched.bytes = 0;
  const ms = await pagesOf(bench, episode, chosen.slice(1));
  return { ms, bytes: watched.bytes };
}

async function pagesOf(
  bench: Bench,
  { scope, episodeId, rows }: EpisodeData,
  starts: number[],
): Promise<number[]> {
  const times: number[] = [];
  for (const start of starts) {
    bench.signal.throwIfAborted();
    const from = String(Math.min(start, rows - rowsPerPage));
    const request = { from, direction: "forward", limit: rowsPerPage, filter: {} } as const;
    const { ms, value } = await timed(() => readLogPage(scope, episodeId, request));
    const read = value?.rows.filter(({ kind }) => kind === "entry").length;
    if (read !== rowsPerPage) throw new Error(`The page at ${from} has ${read} rows.`);
    times.push(ms);
  }
  return times;
}
