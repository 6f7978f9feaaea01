import "server-only";
import { scrubEpisode } from "@/lib/archive/scrub/scrub";
import { sweepOrphans } from "@/lib/archive/sweep";
import { checkEpisode } from "@/lib/logs/verify";
import type { Episode } from "../episode";
import type { World } from "../world";
import { checkEpochs } from "./epochs";
import { checkExported } from "./exported";
import { checkReadBack } from "./read-back";
import { checkSameBytes } from "./same-bytes";

/** Everything that must hold for an episode at rest, whatever happened to it before. */
export async function checkAll(world: World, episode: Episode): Promise<void> {
  const counted = await checkEpisode(world.scope, episode.id);
  for (const problem of counted.problems) world.violate("I2-I7", `${episode.id}: ${problem}`);
  world.assume(
    counted.orphans.length <= world.crashes,
    "I8",
    () =>
      `${counted.orphans.length} objects without a chunk after ${world.crashes} crashes: ${counted.orphans}`,
  );
  await checkEpochs(world, episode);
  await checkReadBack(world, episode);
  await checkExported(world, episode);
  await checkSameBytes(world, episode);
}

/** The same, and that nothing is left to do once the archiver has been there. */
export async function checkFinished(world: World, episode: Episode): Promise<void> {
  const result = await episode.recover();
  world.assume(result.outcome === "done", "recovery", () => `${episode.id}: ${JSON.stringify(result)}`);
  await checkAll(world, episode);
  const scrub = await scrubEpisode(world.scope, episode.id);
  for (const { sentence } of scrub?.problems ?? []) world.violate("scrub", `${episode.id}: ${sentence}`);
  const { hotRows, unpruned, openReservations } = await checkEpisode(world.scope, episode.id);
  world.assume(
    openReservations > 0 || (hotRows === 0 && unpruned === 0),
    "I9",
    () => `${episode.id}: ${hotRows} rows hot and ${unpruned} not pruned after everything was archived.`,
  );
}

/** I8: what attempts left behind is swept, and nothing else is: every chunk still has its object. */
export async function checkSwept(world: World): Promise<void> {
  // As if all of it had appeared long ago.
  const swept = await sweepOrphans(world.scope, { dryRun: false, minAgeMs: -60_000 });
  world.assume(
    swept.unexplained.length === 0 && swept.waiting === 0 && swept.deleted <= world.crashes,
    "I8",
    () =>
      `After ${world.crashes} crashes ${swept.deleted} objects were swept, ${swept.waiting} wait, unexplained are ${swept.unexplained}.`,
  );
  for (const episode of world.episodes) {
    const { orphans, problems } = await checkEpisode(world.scope, episode.id);
    for (const problem of problems) world.violate("I7", `${episode.id}, after the sweep: ${problem}`);
    world.assume(orphans.length === 0, "I8", () => `${episode.id}: still without a chunk: ${orphans}`);
  }
}
