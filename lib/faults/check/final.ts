import "server-only";
import { checkEpisode } from "@/lib/logs/verify";
import type { Episode } from "../episode";
import type { World } from "../world";
import { checkEpochs } from "./epochs";
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
  await checkSameBytes(world, episode);
}

/** The same, and that nothing is left to do once the archiver has been there. */
export async function checkFinished(world: World, episode: Episode): Promise<void> {
  const result = await episode.recover();
  world.assume(result.outcome === "done", "recovery", () => `${episode.id}: ${JSON.stringify(result)}`);
  await checkAll(world, episode);
  const { hotRows, unpruned, openReservations } = await checkEpisode(world.scope, episode.id);
  world.assume(
    openReservations > 0 || (hotRows === 0 && unpruned === 0),
    "I9",
    () => `${episode.id}: ${hotRows} rows hot and ${unpruned} not pruned after everything was archived.`,
  );
}
