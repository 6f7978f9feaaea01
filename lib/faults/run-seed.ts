import "server-only";
import { seededRandom } from "@/lib/seeded-random";
import { checkFinished, checkSwept } from "./check/final";
import type { FaultCase, SeedResult } from "./fault-case";
import { newWorkspace, workspaceIdOf } from "./place";
import { type Facilities, World } from "./world";

/** One seed: the same number makes the same choices. How processes race is the machine's, not ours. */
export async function runSeed(
  seed: number,
  faultCase: FaultCase,
  facilities: Facilities,
): Promise<SeedResult> {
  const started = performance.now();
  const isCrowd = faultCase.atOnce !== undefined;
  const scope = await newWorkspace(seed, isCrowd ? workspaceIdOf(seed, facilities.edition) : undefined);
  const world = new World(seed, scope, seededRandom(`fault ${faultCase.id} ${seed}`), facilities);
  try {
    // A fault that is about something else is now and then played out on the other store.
    if (facilities.s3 && !isCrowd && faultCase.needs !== "s3" && world.random.chance(0.15))
      await world.moveToS3();
    if (!isCrowd) world.choose("store", world.store.kind);
    await faultCase.run(world);
    world.heal();
    for (const episode of world.episodes) await checkFinished(world, episode);
    if (!isCrowd) await checkSwept(world);
  } catch (error) {
    world.violate("unexpected", error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    if (!isCrowd) facilities.children.endTaken();
    await world.close();
  }
  const { parameters, violations } = world;
  return {
    seed,
    case: faultCase.id,
    parameters,
    violations,
    milliseconds: Math.round(performance.now() - started),
  };
}
