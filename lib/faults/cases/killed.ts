import "server-only";
import type { ArchivePoint, ArchiveStep } from "@/lib/archive/attempt";
import { checkAll } from "../check/final";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

const steps: ArchiveStep[] = ["S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7"];

/** F1–F8: the archiver is killed immediately before and after each of its steps, or somewhere within. */
export const killedCases: FaultCase[] = steps.flatMap((step, index) =>
  (["before", "after"] as const).map((side): FaultCase => {
    const point: ArchivePoint = `${side} ${step}`;
    return {
      id: `F${index + 1} ${side}`,
      title: `kill -9 of the archiver ${point}`,
      quick: point === "after S3" || point === "before S6",
      run: (world) => killAt(world, point, side === "before" && world.random.chance(0.4)),
    };
  }),
);

async function killAt(world: World, point: ArchivePoint, within: boolean): Promise<void> {
  const { random } = world;
  const episode = await world.episode();
  const { nextSequenceNumber, chunkSize } = await episode.record();
  const chunks = Math.max(1, Math.floor(Number(nextSequenceNumber) / chunkSize));
  const nth = world.choose("chunk", random.whole(1, Math.min(chunks, 3)));
  const afterMs = within ? world.choose("afterMs", random.whole(0, 25)) : undefined;
  const child = world.start(episode.archiving({ at: point, nth, how: "kill", afterMs }));
  // A writer that goes on meanwhile must neither hinder nor be hindered.
  const writes = world.choose("writesMeanwhile", random.chance(0.4));
  if (writes) await episode.write(random.whole(50, 200));
  const reached = await child.reached();
  world.assume(reached, "harness", () => `The archiver never got to ${point} for the ${nth}. time.`);
  await child.killed();
  world.crashes++;
  // Whatever was left behind: every row is there, once, in its place, and every counter is right.
  await checkAll(world, episode);
  if (random.chance(0.5)) await episode.write(random.whole(20, 100));
}
