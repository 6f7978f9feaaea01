import "server-only";
import { seededRandom } from "@/lib/demo/random";
import { checkFinished } from "./check/final";
import type { FaultCase, SeedResult } from "./fault-case";
import { newWorkspace } from "./place";
import { type Facilities, World } from "./world";

/** One seed: the same number makes the same choices. How processes race is the machine's, not ours. */
export async function runSeed(
  seed: number,
  faultCase: FaultCase,
  facilities: Facilities,
): Promise<SeedResult> {
  const started = performance.now();
  const scope = await newWorkspace(seed);
  const world = new World(seed, scope, seededRandom(`fault ${faultCase.id} ${seed}`), facilities);
  try {
    await faultCase.run(world);
    for (const episode of world.episodes) await checkFinished(world, episode);
  } catch (error) {
    world.violate("unexpected", error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    facilities.children.endTaken();
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
