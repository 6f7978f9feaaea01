import "server-only";
import { archiveEpisode } from "@/lib/archive/archiver";
import { ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream } from "@/lib/logs/ingest-stream";
import { readLogPage } from "@/lib/logs/queries";
import type { LogPage, LogRow } from "@/lib/logs/schema";
import { type Random, seededRandom } from "@/lib/seeded-random";
import { generateLines } from "../generate";
import type { Bench, EpisodeData, Goal } from "../goal";

const chunkSize = 500;

/** Pages read here and there while the archiver moves the rows from under them. */
export const goal: Goal = {
  id: "G13",
  title: "pages read at random while the archiver runs: rows missing, repeated or out of order",
  async run(bench) {
    const pages = Math.max(500, Math.round(bench.logs / 100));
    const rows = Math.min(100_000, Math.max(10_000, Math.round(bench.logs / 10)));
    const episode = await hotEpisode(bench, rows);
    const random = seededRandom(`seam ${bench.seed}`);
    const archiver = { chunks: 0, stopped: false };
    const archiving = archiveAll(bench, episode, archiver);
    let wrong = 0;
    let whileMoving = 0;
    try {
      for (let n = 0; n < pages; n++) {
        if (n % 500 === 0) bench.note(`${n} of ${pages} pages read, ${archiver.chunks} chunks archived`);
        const moving = !archiver.stopped;
        wrong += await wrongRows(episode, random);
        if (moving) whileMoving++;
      }
    } finally {
      await archiving;
    }
    wrong += await wrongInWalk(episode);
    return [
      {
        id: "G13",
        name: "rows missing, repeated or out of order",
        value: wrong,
        unit: "count",
        goal: { atMost: 0 },
        ours: `${pages} pages, ${whileMoving} of them while ${archiver.chunks} chunks were archived`,
        baseline: `${rows} rows in order`,
      },
    ];
  },
};

async function hotEpisode(bench: Bench, rows: number): Promise<EpisodeData> {
  const scope = await bench.workspace();
  const episodeId = "bench-seam";
  await ensureEpisode(scope, episodeId, { chunkSize, archiveThreshold: rows, keepHot: 0 });
  const lines = async function* () {
    let number = 0;
    for (const text of generateLines(rows, bench.seed)) yield { number: ++number, text };
  };
  const answer = await ingestStream(scope, { episodeId, uploadId: "bench", lines: lines() });
  if (!answer.ok) throw new Error("The episode could not be written.");
  return { scope, episodeId, rows };
}

async function archiveAll(
  bench: Bench,
  { scope, episodeId }: EpisodeData,
  progress: { chunks: number; stopped: boolean },
): Promise<void> {
  const onPoint = (point: string) => {
    if (point === "after S7") progress.chunks++;
  };
  const options = { trigger: "on_demand", everything: true, signal: bench.signal, onPoint } as const;
  const result = await archiveEpisode(scope, episodeId, options);
  progress.stopped = true;
  progress.chunks = result.chunks;
  if (result.outcome !== "done") throw new Error(`The archiver ended as ${result.outcome}: ${result.error}`);
}

/** Reads a page anywhere, in any direction, and compares its numbers with the ones it must have. */
async function wrongRows({ scope, episodeId, rows }: EpisodeData, random: Random): Promise<number> {
  const from = random.whole(0, rows - 1);
  const limit = random.whole(1, 300);
  const direction = random.pick(["forward", "backward", "around"] as const);
  const page = await readLogPage(scope, episodeId, { from: String(from), direction, limit, filter: {} });
  const first = {
    forward: from,
    backward: Math.max(0, from - limit + 1),
    around: Math.max(0, from - Math.floor(limit / 2)),
  }[direction];
  const end = direction === "backward" ? from + 1 : Math.min(rows, first + limit);
  return differing(page?.rows ?? [], first, end);
}

async function wrongInWalk({ scope, episodeId, rows }: EpisodeData): Promise<number> {
  let wrong = 0;
  let at = 0;
  for (let from: string | null = "0"; from !== null; ) {
    const request = { from, direction: "forward", limit: 1000, filter: {} } as const;
    const page: LogPage | null = await readLogPage(scope, episodeId, request);
    const read = page?.rows ?? [];
    wrong += differing(read, at, at + read.length);
    at += read.length;
    from = page?.next ?? null;
  }
  return wrong + Math.abs(rows - at);
}

function differing(rows: LogRow[], first: number, end: number): number {
  const wrong = rows.filter((row, index) => row.kind !== "entry" || Number(row.seq) !== first + index);
  return wrong.length + Math.abs(end - first - rows.length);
}
