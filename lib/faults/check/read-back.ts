import "server-only";
import { logLevels } from "@/lib/logs/level";
import { getEpisode, getEpisodeOverview, getLogEntry } from "@/lib/logs/queries";
import type { LogEntryRow, LogRow } from "@/lib/logs/schema";
import { noLevels } from "@/lib/logs/verify/tally";
import type { Episode } from "../episode";
import type { World } from "../world";
import { differenceOf, idIn } from "./content";
import { checkWhole } from "./rows";
import { walk } from "./walk";

const detailsAtOnce = 8;
/** The export compares the content of all rows; these are a sample of the other way to it. */
const detailsPerCheck = 16;

/** I1, I12, I13: what was acknowledged is read exactly once, as it was sent, whichever way one reads. */
export async function checkReadBack(world: World, episode: Episode): Promise<void> {
  const forward = await walk(world, episode, "forward", world.random.whole(20, 400));
  const backward = await walk(world, episode, "backward", world.random.whole(20, 400));
  world.assume(
    JSON.stringify(forward) === JSON.stringify(backward),
    "I12",
    () => `${episode.id}: ${firstDifference(forward, backward)}`,
  );
  await checkWhole(world, episode, forward);
  const rows = forward.filter((row) => row.kind === "entry");
  await checkCounts(world, episode, rows);
  await checkContent(world, episode, rows);
}

/** I12: counters and the overview say what the pages show. */
async function checkCounts(world: World, episode: Episode, rows: LogEntryRow[]): Promise<void> {
  const summary = await getEpisode(world.scope, episode.id);
  const overview = await getEpisodeOverview(world.scope, episode.id, world.random.whole(1, 50));
  if (!summary || !overview) throw new Error(`Episode ${episode.id} is gone`);
  const sum = noLevels();
  for (const { level } of rows) sum[level]++;
  const drawn = noLevels();
  for (const { levels } of overview.buckets) {
    for (const level of logLevels) drawn[level] += levels[level];
  }
  const spell = (counts: typeof sum) => logLevels.map((level) => counts[level]).join("/");
  // Rows of a writer that has not finished are read before they are counted.
  if (rows.some(({ message }) => !episode.ledger.acknowledged.has(idIn(message)))) return;
  world.assume(
    spell(sum) === spell(summary.levels) && spell(sum) === spell(drawn) && summary.total === rows.length,
    "I12",
    () =>
      `${episode.id}: pages show ${spell(sum)}, counters ${spell(summary.levels)}, the overview ${spell(drawn)}, total ${summary.total}.`,
  );
}

/** I13: message, metadata, level and time are what was sent, to the letter. */
async function checkContent(world: World, episode: Episode, rows: LogEntryRow[]): Promise<void> {
  const wanted = rows.filter(() => world.random.chance(detailsPerCheck / Math.max(1, rows.length)));
  for (let start = 0; start < wanted.length; start += detailsAtOnce) {
    const part = wanted.slice(start, start + detailsAtOnce);
    await Promise.all(
      part.map(async (row) => {
        const entry = await getLogEntry(world.scope, episode.id, BigInt(row.seq));
        const id = idIn(row.message);
        const line = episode.ledger.acknowledged.get(id)?.line ?? episode.ledger.unanswered.get(id);
        const found = entry !== null && "message" in entry ? entry : null;
        const wrong =
          line && (found ? differenceOf(line, found) : "it is in the page and cannot be read alone");
        if (wrong) world.violate("I13", `${id} (${row.seq}): ${wrong}`);
      }),
    );
  }
}

function firstDifference(forward: LogRow[], backward: LogRow[]): string {
  const at = forward.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(backward[index]));
  return `forward reads ${JSON.stringify(forward[at])} where backward reads ${JSON.stringify(backward[at])}`;
}
