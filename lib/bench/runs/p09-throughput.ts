import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { aggregatesDone } from "@/lib/runs/aggregate";
import type { Bench, Goal } from "../goal";
import { independent, lineFor, makeRun, workOnce } from "./world";

/** What a task waits for: the work of most is elsewhere, in a container or behind an address. */
const taskMs = 200;
const tasksOfOne = 30;
const tasksOfEight = 240;

/**
 * Workers with one slot each on one queue of independent tasks. A task waits 200 ms, as one does whose work is done elsewhere, so
 * what is measured is how far workers stand in each other's way at the queue, not how many processors there are.
 */
export const goal: Goal = {
  id: "P9",
  title: "tasks a second of eight workers against one",
  async run(bench) {
    const scope = await bench.workspace();
    await throughput(bench, scope, 1, 5);
    const one = await throughput(bench, scope, 1, tasksOfOne);
    const eight = await throughput(bench, scope, 8, tasksOfEight);
    return [
      {
        id: "P9",
        name: "8 workers",
        value: eight.perSecond / one.perSecond,
        unit: "x",
        goal: { atLeast: 5 },
        ours: `${eight.perSecond.toFixed(1)} tasks/s`,
        baseline: `${one.perSecond.toFixed(1)} tasks/s of one worker, tasks of ${taskMs} ms`,
      },
      {
        id: "P9",
        name: "tasks done twice",
        value: one.twice + eight.twice,
        unit: "count",
        goal: { atMost: 0 },
        ours: `${tasksOfOne + tasksOfEight} tasks`,
        baseline: "each once",
      },
    ];
  },
};

async function throughput(bench: Bench, scope: WorkspaceScope, workers: number, tasks: number) {
  bench.note(`P9: ${tasks} tasks, ${workers === 1 ? "one worker" : `${workers} workers`}`);
  const { executor } = await makeRun(scope, independent(tasks));
  const done = new Map<string, number>();
  const since = performance.now();
  const work = async (name: string) => {
    const line = lineFor(scope, executor, name);
    // A worker that finds nothing looks again: another one may have had just that task. All are done when all were seen.
    while (done.size < tasks) {
      bench.signal.throwIfAborted();
      const task = await workOnce(scope, line, async (claimed) => {
        done.set(claimed._id, (done.get(claimed._id) ?? 0) + 1);
        await sleep(taskMs);
      });
      if (!task) await sleep(5);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, at) => work(`bench-${at}`)));
  const seconds = (performance.now() - since) / 1000;
  await aggregatesDone();
  const twice = [...done.values()].filter((times) => times > 1).length;
  return { perSecond: tasks / seconds, twice };
}
