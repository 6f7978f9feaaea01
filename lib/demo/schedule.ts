import { type Random, seededRandom } from "@/lib/seeded-random";
import type { Outcome } from "./run-plan";
import type { DemoWorkflow } from "./workflow-graph";

/** A run of the demo before it is played: which, when, and how it goes. */
export interface ScheduledRun {
  workflow: DemoWorkflow;
  index: number;
  createdAt: Date;
  outcome: Outcome;
  triggeredBy: string;
  random: Random;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * About 250 runs over the seven days before `anchor`, mostly good. The newest run of some workflows failed (needs
 * attention), others failed and then succeeded (resolved), and a few are under way or wait.
 */
export function scheduleRuns(
  workflows: readonly DemoWorkflow[],
  anchor: Date,
  people: readonly [string, ...string[]],
): ScheduledRun[] {
  return workflows.flatMap((workflow, position) => {
    const random = seededRandom(`schedule ${workflow.name}`);
    const stepMs = workflow.everyHours * hourMs;
    const runs = Math.round((7 * dayMs) / stepMs);
    const phase = stepMs * (0.25 + 0.5 * random.next());
    const scheduled = Array.from({ length: runs }, (_, index): ScheduledRun => {
      const jitter = random.between(0, 240_000);
      const createdAt = new Date(anchor.getTime() - phase - (runs - 1 - index) * stepMs + jitter);
      const random_ = seededRandom(`run ${workflow.name} ${index}`);
      return {
        workflow,
        index,
        createdAt,
        outcome: outcomeOf(index, runs, position, random_),
        triggeredBy: random_.chance(0.8) ? "schedule" : random_.pick(people),
        random: random_,
      };
    });
    return [...scheduled, ...underWay(workflow, position, runs, anchor, people)];
  });
}

function outcomeOf(index: number, runs: number, position: number, random: Random): Outcome {
  const last = index === runs - 1;
  // Three workflows end on a failure, one of them on two in a row.
  if (last && position % 3 === 0) return "failed";
  if (index === runs - 2 && position === 3) return "failed";
  if (last) return "succeeded";
  if (random.chance(0.035)) return "failed";
  return random.chance(0.02) ? "cancelled" : "succeeded";
}

/** Every second workflow has a run in flight when the demo starts; two more wait for a worker. */
function underWay(
  workflow: DemoWorkflow,
  position: number,
  runs: number,
  anchor: Date,
  people: readonly [string, ...string[]],
): ScheduledRun[] {
  if (position % 2 === 0 && position > 5) return [];
  const random = seededRandom(`under way ${workflow.name}`);
  const waits = position % 4 === 3;
  const age = waits ? random.between(5_000, 40_000) : random.between(60_000, 300_000);
  if (position % 2 === 1 && !waits) return [];
  return [
    {
      workflow,
      index: runs,
      createdAt: new Date(anchor.getTime() - age),
      outcome: waits ? "queued" : "running",
      triggeredBy: random.pick(people),
      random,
    },
  ];
}
