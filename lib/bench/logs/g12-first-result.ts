import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { searchEpisode } from "@/lib/logs/queries";
import { parseQuery } from "@/lib/logs/search/query";
import type { Bench, EpisodeData, Goal } from "../goal";
import { milliseconds, percentile } from "../measure";
import { watchingReads } from "../watched-store";
import { chunkedEpisode } from "./archive-files";

const chunks = 240;
const searches = 20;
const cancels = 10;
const graceMs = 250;

/** How soon a search over many chunks shows something, and how soon it stops when nobody wants it any more. */
export const goal: Goal = {
  id: "G12",
  title: "first hit of a search over 240 chunks, and reads after it was cancelled",
  async run(bench) {
    const episode = await chunkedEpisode(bench, Math.min(240_000, Math.max(24_000, bench.logs)), chunks);
    const first: number[] = [];
    for (let n = 0; n <= searches; n++) {
      const ms = await firstHit(bench, episode, n % 2 === 0 ? "failed" : "gave up after");
      // The first one opens connections and compiles; nobody's search does.
      if (n > 0) first.push(ms);
    }
    const late: number[] = [];
    let whole = 0;
    for (let n = 0; n < cancels; n++) {
      const cut = await readsAfterCancel(bench, episode, 5 + 15 * n);
      late.push(cut.late);
      whole = Math.max(whole, cut.reads);
    }
    const after = late.reduce((sum, reads) => sum + reads, 0);
    return [
      {
        id: "G12",
        name: "first hit, 95th percentile",
        value: percentile(first, 0.95),
        unit: "ms",
        goal: { atMost: 300 },
        ours: `median ${milliseconds(percentile(first, 0.5))}`,
        baseline: `${chunks} chunks`,
      },
      {
        id: "G12",
        name: `reads begun later than ${graceMs} ms after a cancel`,
        value: after,
        unit: "count",
        goal: { atMost: 0 },
        ours: `${cancels} searches cancelled`,
        baseline: `up to ${whole} reads before`,
      },
    ];
  },
};

async function firstHit(bench: Bench, { scope, episodeId }: EpisodeData, text: string): Promise<number> {
  const since = performance.now();
  const options = { limit: 1000, signal: bench.signal };
  for await (const event of searchEpisode(scope, episodeId, parseQuery({ text }), options)) {
    if (event.type === "rows") return performance.now() - since;
  }
  throw new Error(`There is no ${text} in any row.`);
}

/** Reads of a search that finds nothing and so reads on, cut after `afterMs`. */
async function readsAfterCancel(
  bench: Bench,
  { scope, episodeId }: EpisodeData,
  afterMs: number,
): Promise<{ reads: number; late: number }> {
  return watchingReads(async (store) => {
    const cancel = new AbortController();
    const query = parseQuery({ text: "[0-9]zz[0-9]", mode: "regex" });
    const searching = (async () => {
      for await (const event of searchEpisode(scope, episodeId, query, {
        limit: 10,
        signal: cancel.signal,
      })) {
        if (event.type === "done" && event.reason !== "stopped") throw new Error("The search was too short.");
      }
    })();
    await wait(afterMs, undefined, { signal: bench.signal });
    cancel.abort();
    const cancelled = performance.now();
    await searching;
    await wait(2 * graceMs, undefined, { signal: bench.signal });
    return {
      reads: store.begun.length,
      late: store.begun.filter((at) => at > cancelled + graceMs).length,
    };
  });
}
