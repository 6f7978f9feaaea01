import "server-only";
import { checkAll } from "../check/final";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

/** Rows that are strange in themselves. */
export const contentCases: FaultCase[] = [
  {
    id: "F25",
    title: "timestamps out of order, equal, of the years 1, 1970, 2099 and 9999",
    run: (world) => roundTrip(world, "odd_time"),
  },
  {
    id: "F26",
    title: "NUL, lone surrogates, line separators, operators, huge numbers, repeated keys",
    quick: true,
    run: (world) => roundTrip(world, "hostile"),
  },
];

async function roundTrip(world: World, kind: "odd_time" | "hostile"): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ kind, rows: random.whole(60, 250), chunkSize: random.whole(20, 90) });
  // Hot, then on both sides of the seam, then cold: read alike each time.
  await checkAll(world, episode);
  await episode.archive();
  await episode.write(random.whole(20, 80));
  await checkAll(world, episode);
}
