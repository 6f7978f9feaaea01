import "server-only";
import { logLevels } from "@/lib/logs/level";
import { getEpisode } from "@/lib/logs/queries";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import type { Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";

const asked = 50;
const counted = 5;

export const goal: Goal = {
  id: "G8",
  title: "totals by level from the counters against counting the documents",
  async run(bench) {
    const { scope, episodeId, rows } = await bench.episode("hot", bench.logs);
    const ours: number[] = [];
    const baseline: number[] = [];
    let different = 0;
    for (let round = 0; round < asked; round++) {
      bench.signal.throwIfAborted();
      const { ms, value } = await timed(() => getEpisode(scope, episodeId));
      ours.push(ms);
      if (round >= counted) continue;
      bench.note(`G8: counting ${rows.toLocaleString("en")} documents, ${round + 1} of ${counted}`);
      const { ms: countMs, value: counts } = await timed(async () => {
        const found: Record<string, number> = {};
        for (const level of logLevels) {
          const filter = { workspaceId: scope.workspaceId, episodeId, level };
          found[level] = await bench.mongo.collection(logEntries.name).countDocuments(filter);
        }
        return found;
      });
      baseline.push(countMs);
      for (const level of logLevels) {
        different += Math.abs((counts[level] ?? 0) - (value?.levels[level] ?? Number.POSITIVE_INFINITY));
      }
    }
    const [oursMs, countMs] = [median(ours), median(baseline)];
    return [
      {
        id: "G8",
        name: "totals by level",
        value: countMs / oursMs,
        unit: "x",
        goal: { atLeast: 100 },
        ours: milliseconds(oursMs),
        baseline: milliseconds(countMs),
      },
      {
        id: "G8",
        name: "rows counted otherwise",
        value: different,
        unit: "count",
        goal: { atMost: 0 },
        ours: `the counters of ${rows.toLocaleString("en")} rows`,
        baseline: `${counted} counts`,
      },
    ];
  },
};
