import "server-only";
import type { FaultCase } from "../fault-case";
import { checkModel } from "./model";

/** What goes wrong around runs. */
export const runCases: FaultCase[] = [
  {
    id: "R1 interleaved",
    title:
      "workers, people and reapers at one run, one operation at a time, killed and paused between any two",
    quick: true,
    async run(world) {
      const result = await checkModel(world.scope, world.seed, world.random);
      world.choose("status", result.status);
      world.choose("steps", result.steps);
      world.choose("retries", result.retries);
      world.choose("kills", result.kills);
      if (result.violation) world.violate(...result.violation);
    },
  },
];
