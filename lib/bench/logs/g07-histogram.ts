import "server-only";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { LogHistogram } from "@/lib/logs/histogram/schema";
import { logLevels } from "@/lib/logs/level";
import { getHistogram } from "@/lib/logs/queries";
import type { Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";
import { filesOf } from "./archive-files";

const bars = 60;
const rounds = 15;

/** Levels by time over the whole archive, from the chunks' records, against reading every row. */
export const goal: Goal = {
  id: "G7",
  title: "histogram of the archive / unpacking and parsing every row",
  async run(bench) {
    const episode = await bench.episode("archived", bench.logs);
    const files = await filesOf(bench, episode);
    const ask = async () => {
      const histogram = await getHistogram(episode.scope, episode.episodeId, { from: null, to: null, bars });
      if (!histogram) throw new Error("There is no such episode.");
      return histogram;
    };
    const first = await timed(ask);
    const ours: number[] = [];
    for (let round = 0; round < rounds; round++) ours.push((await timed(ask)).ms);
    const baseline = await timed(() => parseAll(files, first.value));
    const wrong = first.value.bars.filter(({ start, levels }) =>
      logLevels.some((level) => levels[level] !== (baseline.value.get(`${Date.parse(start)} ${level}`) ?? 0)),
    );
    const sum = first.value.bars.reduce((total, { hot, cold }) => total + hot + cold, 0);
    return [
      {
        id: "G7",
        name: "archive histogram",
        value: baseline.ms / median(ours),
        unit: "x",
        goal: { atLeast: 1000 },
        ours: `${milliseconds(median(ours))} (the first time ${milliseconds(first.ms)})`,
        baseline: milliseconds(baseline.ms),
      },
      {
        id: "G7",
        name: "bars that differ, and rows that are in none",
        value: wrong.length + Math.abs(episode.rows - sum),
        unit: "count",
        goal: { atMost: 0 },
        ours: `${first.value.bars.length} bars, ${sum} rows`,
        baseline: `${episode.rows} rows`,
      },
    ];
  },
};

async function parseAll(files: string[], { widthMs }: LogHistogram): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const file of files) {
    const text = gunzipSync(await readFile(file)).toString("utf8");
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const { timestamp, level } = JSON.parse(line);
      const bar = `${Math.floor(Date.parse(timestamp) / widthMs) * widthMs} ${level}`;
      counts.set(bar, (counts.get(bar) ?? 0) + 1);
    }
  }
  return counts;
}
