import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { heartbeatTask, leaseSeconds } from "@/lib/runs/advance";
import { claimNext } from "@/lib/runs/claim";
import { cancelRun } from "@/lib/runs/control/cancel";
import { bringUpToDate, cancelGraceMs, reapRun } from "@/lib/runs/redrive";
import { runStatus } from "@/lib/runs/status";
import { heartbeatMs } from "@/lib/runs/work/lease";
import { second } from "@/lib/time";
import type { Goal } from "../goal";
import { milliseconds } from "../measure";
import { independent, makeRun } from "./world";

const workers = 8;
/** How often a worker process looks after runs. */
const redriveEveryMs = 5 * second;
const longestMs = cancelGraceMs + leaseSeconds * second;

/**
 * Eight workers at eight tasks, their heartbeats spread over the period. All hear of a cancel, none of them obeys: one dies, the
 * others keep their leases and work on. The worker process that looks after runs ends them all the same.
 */
export const goal: Goal = {
  id: "P12",
  title: "a cancel: when the last worker is told, and when the run is over although nobody obeys",
  async run(bench) {
    const scope = await bench.workspace();
    const { runId, executor } = await makeRun(scope, independent(workers));
    const tasks: RunTask[] = [];
    for (let n = 0; n < workers; n++) {
      const task = await claimNext(scope, { executors: [executor], workerId: `bench-${n}` });
      if (task) tasks.push(task);
    }
    const over = new AbortController();
    const told: Promise<number>[] = [];
    for (const [n, task] of tasks.entries())
      told.push(beat(scope, task, (n * heartbeatMs) / workers, over.signal, n > 0));
    const redriving = redriveUntil(scope, runId, over.signal);
    try {
      const since = performance.now();
      const cancelled = await cancelRun(scope, runId);
      if (!cancelled.ok) throw new Error(cancelled.message);
      bench.note("P12: waiting until every worker has heard of it");
      const lastMs = Math.max(...(await Promise.all(told))) - since;
      bench.note("P12: waiting until the run is over although nobody obeys");
      while (!(await isOver(scope, runId))) {
        bench.signal.throwIfAborted();
        if (performance.now() - since > 2 * longestMs) break;
        await sleep(500, undefined, { signal: bench.signal });
      }
      const overMs = performance.now() - since;
      return [
        {
          id: "P12",
          name: "last worker told",
          value: lastMs / heartbeatMs,
          unit: "x",
          goal: { atMost: 1.5 },
          ours: milliseconds(lastMs),
          baseline: `${milliseconds(heartbeatMs)} between heartbeats`,
        },
        {
          id: "P12",
          name: "run over",
          value: overMs / longestMs,
          unit: "x",
          goal: { atMost: 1 },
          ours: milliseconds(overMs),
          baseline: `${milliseconds(longestMs)} of grace and lease`,
        },
      ];
    } finally {
      over.abort();
      await redriving;
    }
  },
};

/** When the worker was told. One that `works` on keeps its lease until it is fenced out; the other is never heard of again. */
async function beat(
  scope: WorkspaceScope,
  { _id: taskId, fence }: RunTask,
  firstAfterMs: number,
  over: AbortSignal,
  works: boolean,
): Promise<number> {
  await sleep(firstAfterMs);
  for (;;) {
    const answer = await heartbeatTask(scope, { taskId, fence });
    if (answer === "cancel") {
      const at = performance.now();
      if (works) void workOn(scope, { taskId, fence }, over);
      return at;
    }
    await sleep(heartbeatMs);
  }
}

async function workOn(
  scope: WorkspaceScope,
  held: { taskId: string; fence: number },
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    await sleep(heartbeatMs, undefined, { signal: over }).catch(() => {});
    if (over.aborted || (await heartbeatTask(scope, held)) === "lost") return;
  }
}

/** What a worker process does for this run in each of its rounds. */
async function redriveUntil(scope: WorkspaceScope, runId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await reapRun(scope, runId);
    await bringUpToDate(scope, runId);
    await sleep(redriveEveryMs, undefined, { signal }).catch(() => {});
  }
}

async function isOver(scope: WorkspaceScope, runId: string): Promise<boolean> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { status: 1 } });
  return run !== null && runStatus[run.status].final;
}
