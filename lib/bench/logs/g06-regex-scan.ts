import "server-only";
import { searchEpisode } from "@/lib/logs/queries";
import { parseQuery } from "@/lib/logs/search/query";
import type { Bench, EpisodeData, Figure, Goal } from "../goal";
import { median, megabytesPerSecond, timed } from "../measure";
import { chunksOf, filesOf, shell } from "./archive-files";

const rounds = 3;

/** Each occurs in few rows of all chunks, so that nothing can be skipped and little is passed on. */
const patterns = [
  { name: "pattern scan", pattern: "gave up after 1[0-9]+ restarts" },
  { name: "pattern scan without a fixed text", pattern: "[a-f]{9}" },
];

export const goal: Goal = {
  id: "G6",
  title: "a pattern over the whole archive / zcat | grep -E over the same files",
  async run(bench) {
    const episode = await bench.episode("archived", bench.logs);
    const files = await filesOf(bench, episode);
    const bytes = (await chunksOf(episode)).reduce((sum, { rawBytes }) => sum + Number(rawBytes), 0);
    const figures: Figure[] = [];
    for (const { name, pattern } of patterns) {
      const ours: number[] = [];
      const theirs: number[] = [];
      // The first round reads the files into the machine's memory for both.
      for (let round = 0; round <= rounds; round++) {
        const command = `zcat "$@" | grep -cE '${pattern}'`;
        const baseline = await timed(() => shell(command, files, bench.signal));
        const search = await timed(() => count(bench, episode, pattern));
        if (search.value !== Number(baseline.value)) {
          throw new Error(
            `grep finds ${baseline.value.trim()} rows of ${pattern}, the search ${search.value}.`,
          );
        }
        if (round === 0) continue;
        ours.push(search.ms);
        theirs.push(baseline.ms);
      }
      figures.push({
        id: "G6",
        name,
        value: median(theirs) / median(ours),
        unit: "x",
        goal: { atLeast: 1.5 },
        ours: megabytesPerSecond(bytes, median(ours)),
        baseline: megabytesPerSecond(bytes, median(theirs)),
      });
    }
    return figures;
  },
};

async function count(bench: Bench, { scope, episodeId }: EpisodeData, pattern: string): Promise<number> {
  const query = parseQuery({ text: pattern, mode: "regex" });
  for await (const event of searchEpisode(scope, episodeId, query, { limit: 1e9, signal: bench.signal })) {
    if (event.type === "done") return event.hits;
    if (event.type === "gap" || event.type === "failed") throw new Error(`The search met a ${event.type}.`);
  }
  throw new Error("The search did not end.");
}
