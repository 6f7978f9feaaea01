import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { checkAll } from "../check/final";
import { chunksOf } from "../chunks";
import type { FaultCase } from "../fault-case";
import { archiveAsBefore } from "../old-archiver";
import type { World } from "../world";

export const versionCases: FaultCase[] = [
  {
    id: "F30",
    title: "two versions of the archiver at one episode, and what both have left",
    quick: true,
    run: sideBySide,
  },
];

/** F30: whatever mixture of formats lies in the store, it is read as one stream. */
async function sideBySide(world: World): Promise<void> {
  const { random } = world;
  const chunkSize = random.whole(40, 90);
  const episode = await world.episode({ rows: chunkSize * random.whole(4, 7), chunkSize });
  await archiveAsBefore(world.scope, episode.id);
  const newer = world.start(episode.archiving(null, { times: random.whole(1, 2) }));
  for (let round = 0; round < random.whole(2, 5); round++) {
    await archiveAsBefore(world.scope, episode.id);
    await delay(random.whole(0, 30));
  }
  await newer.outcome();
  await episode.write(random.whole(20, 100));
  const chunks = await chunksOf(episode);
  const first = chunks.filter(({ format }) => format === undefined).length;
  world.choose("firstFormat", first);
  world.assume(first > 0, "harness", () => "No chunk of the first format was made.");
  await checkAll(world, episode);
}
