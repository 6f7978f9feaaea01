import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { aggregatesDone, requestAggregate } from "@/lib/runs/aggregate";
import type { ClaimLine } from "@/lib/runs/claim-line";
import type { Bench, Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";
import { independent, lineFor, makeRun, workOnce } from "./world";

const completions = 400;
const measured = 15;

/**
 * What the figures of a run cost for each task that ends: how often they were written while one worker ended tasks without a
 * pause, times what writing them once takes then. Both runs are worked on alike; only their sizes differ.
 */
export const goal: Goal = {
  id: "P10",
  title: "cost of a run's figures for each task that ends, 10,000 tasks against 100",
  async run(bench) {
    const scope = await bench.workspace();
    const small = await costOf(bench, scope, 100);
    const large = await costOf(bench, scope, 10_000);
    const words = ({ perCompletion, each, times, ended }: Cost) =>
      `${milliseconds(perCompletion)} (${times} times ${milliseconds(each)} for ${ended} tasks)`;
    return [
      {
        id: "P10",
        name: "figures of 10,000 tasks",
        value: large.perCompletion / small.perCompletion,
        unit: "x",
        goal: { atMost: 3 },
        ours: words(large),
        baseline: words(small),
      },
    ];
  },
};

interface Cost {
  perCompletion: number;
  each: number;
  times: number;
  ended: number;
}

/** Of runs of `size` tasks, of which altogether as many tasks end as of the others. */
async function costOf(bench: Bench, scope: WorkspaceScope, size: number): Promise<Cost> {
  let times = 0;
  const each: number[] = [];
  for (let left = completions; left > 0; ) {
    bench.note(`P10: runs of ${size.toLocaleString("en")} tasks, ${left} tasks to go`);
    const { runId, executor } = await makeRun(scope, independent(size));
    const line = lineFor(scope, executor);
    const before = await timesWritten(scope, runId);
    const ending = Math.min(left, size);
    for (let n = 0; n < ending; n++) {
      bench.signal.throwIfAborted();
      // What one time costs is measured between completions, so that something has changed each time.
      await workOnce(scope, line);
    }
    await aggregatesDone();
    times += (await timesWritten(scope, runId)) - before;
    left -= ending;
    if (left === 0) each.push(...(await timeEach(scope, runId, line)));
  }
  const oneMs = median(each);
  return { perCompletion: (times * oneMs) / completions, each: oneMs, times, ended: completions };
}

/** The runs of a hundred are over by then; their figures are written all the same. */
async function timeEach(scope: WorkspaceScope, runId: string, line: ClaimLine): Promise<number[]> {
  const each: number[] = [];
  for (let n = 0; n < measured; n++) {
    await workOnce(scope, line);
    await aggregatesDone();
    const { ms } = await timed(() => {
      requestAggregate(scope, runId);
      return aggregatesDone();
    });
    each.push(ms);
  }
  return each;
}

async function timesWritten(scope: WorkspaceScope, runId: string): Promise<number> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { aggSeq: 1 } });
  return run?.aggSeq ?? 0;
}
