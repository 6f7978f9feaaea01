import "server-only";
import type { Bench, EpisodeData, Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";

const short = 1_000;
const opens = 40;
const warmUps = 5;
/** As many rows as the run page asks for first. */
const tailRows = 200;
const lastPossible = "9223372036854775807";

/** A task's log is opened at its end, so its length should not be felt. */
export const goal: Goal = {
  id: "P14",
  title: "the end of a log of a million lines against one of a thousand",
  async run(bench) {
    const long = await reader(bench, await bench.episode("mixed", bench.logs));
    const brief = await reader(bench, await bench.episode("mixed", short));
    const times: { long: number[]; brief: number[] } = { long: [], brief: [] };
    for (let open = 0; open < opens + warmUps; open++) {
      bench.signal.throwIfAborted();
      times.brief.push((await timed(brief)).ms);
      times.long.push((await timed(long)).ms);
    }
    const ours = median(times.long.slice(warmUps));
    const baseline = median(times.brief.slice(warmUps));
    return [
      {
        id: "P14",
        name: `log opened at its end, ${bench.logs.toLocaleString("en")} lines against ${short.toLocaleString("en")}`,
        value: ours / baseline,
        unit: "x",
        goal: { atMost: 1.5 },
        ours: milliseconds(ours),
        baseline: milliseconds(baseline),
      },
    ];
  },
};

async function reader(bench: Bench, { scope, episodeId }: EpisodeData): Promise<() => Promise<void>> {
  const [{ url }, token] = await Promise.all([bench.web(), bench.token(scope)]);
  const query = new URLSearchParams({ from: lastPossible, direction: "backward", limit: String(tailRows) });
  const address = `${url}/api/w/${scope.workspaceSlug}/logs/${episodeId}/rows?${query}`;
  return async () => {
    const answer = await fetch(address, {
      headers: { authorization: `Bearer ${token}` },
      signal: bench.signal,
    });
    const { rows } = Object(await answer.json());
    if (rows?.length !== tailRows) throw new Error(`The end of ${episodeId} has ${rows?.length} rows.`);
  };
}
