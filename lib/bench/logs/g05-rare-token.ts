import "server-only";
import { searchEpisode } from "@/lib/logs/queries";
import { parseQuery } from "@/lib/logs/search/query";
import { generateLines } from "../generate";
import type { Bench, EpisodeData, Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";
import { watchingReads } from "../watched-store";
import { chunkedEpisode, chunksOf, filesOf, shell } from "./archive-files";

const chunks = 20;
const searches = 5;

/** A word that stands in one row of the archive, found by the token filters, against reading everything. */
export const goal: Goal = {
  id: "G5",
  title: "rare word in the archive / cat | zcat | grep over the same files",
  async run(bench) {
    const episode = await chunkedEpisode(bench, Math.max(20_000, bench.logs), chunks);
    const files = await filesOf(bench, episode);
    const total = (await chunksOf(episode)).reduce((sum, { sizeBytes }) => sum + Number(sizeBytes), 0);
    const ours: number[] = [];
    const theirs: number[] = [];
    let bytes = 0;
    for (const word of traceIds(bench, episode)) {
      const baseline = await timed(() => shell(`cat "$@" | zcat | grep -F ${word}`, files, bench.signal));
      const search = await watchingReads(async (store) => {
        const found = await timed(() => searchFor(bench, episode, word));
        bytes += store.bytes;
        return found;
      });
      const expected = baseline.value
        .trim()
        .split("\n")
        .map((line) => Number(JSON.parse(line).sequenceNumber));
      if (JSON.stringify(search.value) !== JSON.stringify(expected.toReversed())) {
        throw new Error(`grep finds rows ${expected.join()} of ${word}, the search ${search.value.join()}.`);
      }
      ours.push(search.ms);
      theirs.push(baseline.ms);
    }
    const share = bytes / searches / total;
    return [
      {
        id: "G5",
        name: "rare word",
        value: median(theirs) / median(ours),
        unit: "x",
        goal: { atLeast: 10 },
        ours: milliseconds(median(ours)),
        baseline: milliseconds(median(theirs)),
      },
      {
        id: "G5",
        name: "rare word, share of bytes read",
        value: share,
        unit: "x",
        goal: { atMost: 0.1 },
        ours: `${(bytes / searches / 1e6).toFixed(2)} MB`,
        baseline: `${(total / 1e6).toFixed(1)} MB`,
      },
    ];
  },
};

/** Trace ids of rows here and there, no two in the same chunk. */
function traceIds({ seed }: Bench, { rows }: EpisodeData): string[] {
  const wanted = new Set(
    Array.from({ length: searches }, (_, n) => Math.floor(((n + 0.37) / searches) * rows)),
  );
  const found: string[] = [];
  let number = 0;
  for (const line of generateLines(rows, seed))
    if (wanted.has(number++)) found.push(JSON.parse(line).traceId);
  return found;
}

async function searchFor(bench: Bench, { scope, episodeId }: EpisodeData, word: string): Promise<number[]> {
  const numbers: number[] = [];
  const options = { limit: 10_000, signal: bench.signal };
  for await (const event of searchEpisode(
    scope,
    episodeId,
    parseQuery({ text: word, mode: "word" }),
    options,
  )) {
    if (event.type === "rows") numbers.push(...event.rows.map(({ seq }) => Number(seq)));
    if (event.type === "gap" || event.type === "failed") throw new Error(`The search met a ${event.type}.`);
  }
  return numbers;
}
