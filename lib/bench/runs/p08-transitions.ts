import "server-only";
import { runTasks } from "@/lib/mongo/collections/runs";
import type { Bench, Figure, Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";
import { chainOf, fanOutOf, makeRun, type Shape, timeToEnd } from "./world";

const rounds = 5;
const shapes = [
  { name: "chain of 100", shape: chainOf(100), atMost: 4 },
  { name: "fan-out 100", shape: fanOutOf(100), atMost: 6 },
] as const;

/**
 * One worker does a run alone: claim, heartbeat, completion, what follows for other tasks, and the figures of the run. The
 * baseline is a queue that knows nothing of graphs: two findOneAndUpdate by id for each of as many tasks of the same
 * collection, with its indexes and validator.
 */
export const goal: Goal = {
  id: "P8",
  title: "all writes of a task against two raw findOneAndUpdate",
  async run(bench) {
    const figures: Figure[] = [];
    for (const { name, shape, atMost } of shapes) figures.push(await compare(bench, name, shape, atMost));
    return figures;
  },
};

async function compare(bench: Bench, name: string, shape: Shape, atMost: number): Promise<Figure> {
  const scope = await bench.workspace();
  const ours: number[] = [];
  const baseline: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    bench.signal.throwIfAborted();
    bench.note(`P8: ${name}, ${round + 1} of ${rounds + 1}`);
    const run = await makeRun(scope, shape);
    const oursMs = (await timeToEnd(scope, run.executor)) / shape.size;
    const other = await makeRun(scope, shape);
    const rawMs = (await timed(() => twoWritesEach(bench, other.runId))).ms / shape.size;
    // The first round warms up what both sides share.
    if (round === 0) continue;
    ours.push(oursMs);
    baseline.push(rawMs);
  }
  const [oursMs, rawMs] = [median(ours), median(baseline)];
  return {
    id: "P8",
    name,
    value: oursMs / rawMs,
    unit: "x",
    goal: { atMost },
    ours: `${milliseconds(oursMs)} a task`,
    baseline: `${milliseconds(rawMs)} for two writes`,
  };
}

async function twoWritesEach({ mongo }: Bench, runId: string): Promise<void> {
  const tasks = mongo.collection<{ _id: string; fence: number }>(runTasks.name);
  const ids = await tasks
    .find({ workflowRunId: runId }, { projection: { _id: 1 }, sort: { _id: 1 } })
    .toArray();
  for (const { _id } of ids) {
    const now = new Date();
    await tasks.findOneAndUpdate(
      { _id, fence: 0 },
      {
        $set: { status: "running", startedAt: now, leaseExpiresAt: now, changedAt: now },
        $inc: { fence: 1 },
      },
      { returnDocument: "after" },
    );
    await tasks.findOneAndUpdate(
      { _id, fence: 1 },
      {
        $set: { status: "succeeded", finishedAt: now, leaseExpiresAt: null, changedAt: now },
        $inc: { fence: 1 },
      },
      { returnDocument: "after" },
    );
  }
}
