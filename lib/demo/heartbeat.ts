import { seededRandom } from "@/lib/seeded-random";
import { type DemoWorkflow, nodesOf } from "./workflow-graph";

/** Runs with more tasks than this would be going for longer than anybody watches. */
const mostTasks = 60;
/** A failure is left alone often enough that there are some to look at. */
const retriedShare = 0.5;

/** The workflows that the demo goes on running. */
export const liveWorkflows = (workflows: readonly DemoWorkflow[]): DemoWorkflow[] =>
  workflows.filter((workflow) => nodesOf(workflow).length <= mostTasks);

/** One of them; those that run often come up as often as they do. */
export function nextWorkflow(workflows: readonly DemoWorkflow[], random: () => number): DemoWorkflow | null {
  const total = workflows.reduce((sum, { everyHours }) => sum + 1 / everyHours, 0);
  let left = random() * total;
  for (const workflow of workflows) {
    left -= 1 / workflow.everyHours;
    if (left < 0) return workflow;
  }
  return workflows.at(-1) ?? null;
}

/** Whether somebody of the demo retries what failed in a run; asked again after each retry, with the number of them so far. */
export function isRetried(runId: string, retries: number): boolean {
  return seededRandom(`retried ${runId} ${retries}`).chance(retriedShare);
}

/**
 * How long until the next live run. A demo that is left alone for days slows down, so that it does not fill the disk: half
 * a minute at first, a quarter of an hour after a few hundred runs.
 */
export function pauseBeforeNext(started: number, random: () => number): number {
  const slowdown = Math.min(30, 1 + started / 20);
  return Math.round((20_000 + 20_000 * random()) * slowdown);
}
