import "server-only";
import type { FaultCase } from "../fault-case";
import { checkModel } from "./model";
import { peopleCases } from "./processes/people";
import { workerCasesOfRuns } from "./processes/workers";

/** What goes wrong around runs. */
export const runCases: FaultCase[] = [
  {
    id: "R1 interleaved",
    title:
      "workers, people and reapers at one run, one operation at a time, killed and paused between any two",
    quick: true,
    atOnce: 12,
    async run(world) {
      const { violation, ...figures } = await checkModel(world.scope, world.random);
      for (const [name, value] of Object.entries(figures)) world.choose(name, value);
      if (violation) world.violate(...violation);
    },
  },
  ...workerCasesOfRuns,
  ...peopleCases,
];
