import type { RunTask, WorkflowRun } from "@/lib/mongo/collections/runs";
import { completedTasks, countTasks } from "@/lib/runs/derive-status";
import { nodesOf } from "@/lib/runs/snapshot";
import { runStatus, taskStatus, taskStatuses } from "@/lib/runs/status";

/* What must hold for a run and its tasks at every moment, and what when all is over. */

type Broken = Generator<[invariant: string, evidence: string]>;

/** I2, I3, I5 and I7, of what is stored at one moment. */
export function* brokenNow(run: WorkflowRun | undefined, tasks: RunTask[]): Broken {
  const statusOf = new Map(tasks.map((task) => [task.nodeId, task.status]));
  for (const { nodeId, status, hold, upstreamNodeIds, leaseExpiresAt } of tasks) {
    if (status === "running" && leaseExpiresAt === null) yield ["I5", `${nodeId} runs without a lease`];
    // Held since its creation: the run is not there yet, and nobody can take it.
    if (status !== "running" && (status !== "queued" || hold !== null)) continue;
    const early = upstreamNodeIds.find((upstream) => statusOf.get(upstream) !== "succeeded");
    if (early) yield ["I2", `${nodeId} is ${status} and ${early} is ${statusOf.get(early)}`];
    if (!run) yield ["creation", `${nodeId} is ${status} for anyone to take, and there is no run`];
  }
  if (!run) return;
  if (runStatus[run.status].final) {
    const open = tasks.find(({ status }) => !taskStatus[status].final);
    if (open) yield ["I3", `the run is ${run.status} and ${open.nodeId} is ${open.status}`];
    if (run.control) yield ["I3", `the run is ${run.status} in the middle of a ${run.control.kind}`];
  }
  const sum = taskStatuses.reduce((all, status) => all + run.taskCounts[status], 0);
  const size = nodesOf(run.runtimeSnapshot).length;
  if (sum !== size) yield ["I7", `the counts add up to ${sum} of ${size}`];
  if (tasks.length !== size) yield ["creation", `the run is there with ${tasks.length} of ${size} tasks`];
}

/** What may become of a run with one write. */
export function* brokenBetween(before: WorkflowRun, after: WorkflowRun): Broken {
  if (frozenOf(before) !== frozenOf(after)) yield ["I8", "what the run was made from has changed"];
  if (after.aggSeq < before.aggSeq) yield ["I3", `aggSeq went from ${before.aggSeq} to ${after.aggSeq}`];
  if (after.status !== before.status && after.aggSeq === before.aggSeq)
    yield ["I3", `the run went from ${before.status} to ${after.status} and its aggSeq did not`];
  const left = runStatus[before.status].final && after.status !== before.status;
  if (left && after.control?.kind !== "retry")
    yield ["I3", `the run left ${before.status} for ${after.status} without a retry`];
  const [was, is] = [before.control?.seq, after.control?.seq];
  if (was !== undefined && is !== undefined && was !== is)
    yield ["control", `operation ${is} took the place of ${was}, which was not over`];
}

/** Nothing is to be done any more, and the run says what its tasks are (I6). */
export function isAtRest(run: WorkflowRun, tasks: RunTask[]): boolean {
  if (!runStatus[run.status].final || run.control !== null) return false;
  const counts = countTasks(tasks);
  return taskStatuses.every((status) => counts[status] === run.taskCounts[status]);
}

/** Every figure of a run at rest, against its tasks. */
export function* brokenAtRest(run: WorkflowRun, tasks: RunTask[]): Broken {
  const figures = {
    completedTaskCount: completedTasks(countTasks(tasks)),
    artifactCount: sumOf(tasks, ({ outputArtifactIds }) => outputArtifactIds.length),
    stdoutLineCount: sumOf(tasks, ({ stdoutCount }) => stdoutCount),
    stderrLineCount: sumOf(tasks, ({ stderrCount }) => stderrCount),
  } as const;
  for (const [figure, should] of Object.entries(figures)) {
    const is: unknown = Reflect.get(run, figure);
    if (is !== should) yield ["I6", `${figure} of the run is ${is}, of its tasks ${should}`];
  }
  const failed = tasks.flatMap(({ _id, status }) => (status === "failed" ? _id : [])).toSorted();
  if (run.failedTaskIds.toSorted().join() !== failed.join())
    yield ["I6", `failedTaskIds are ${run.failedTaskIds}, failed are ${failed}`];
  const held = tasks.find(({ hold }) => hold !== null);
  if (held) yield ["I6", `${held.nodeId} is held by ${held.hold}, which is over`];
  if (run.finishedAt === null) yield ["I6", `the run is ${run.status} and has not finished`];
}

function frozenOf({ runtimeSnapshot, inputBindings, assetIds, datasetIds }: WorkflowRun): string {
  return JSON.stringify([runtimeSnapshot, inputBindings, assetIds, datasetIds]);
}

function sumOf(tasks: RunTask[], figure: (task: RunTask) => number): number {
  return tasks.reduce((sum, task) => sum + figure(task), 0);
}
