import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { aggregateRun } from "../aggregate";
import { settleTasks } from "../settle";
import { archiveAttempt } from "./attempts";
import { noSuchRun, type Refused, refused } from "./refusal";
import { deepestFirst } from "./reset-order";
import { keepControl, releaseControl, takeControl } from "./slot";

/** Where a retry stands; tests stop it there. */
export type RetryStep = "taken" | "reset" | "reset_all" | "unheld" | "released";

type OnStep = (step: RetryStep) => Promise<void> | void;

/**
 * Runs tasks of a run again, and everything behind them, in the same run. `targets` are the tasks that a person chose: theirs
 * is the attempt that is counted. Each must be over, and all before it must have succeeded.
 */
export async function retryTasks(
  scope: WorkspaceScope,
  runId: string,
  targets: string[],
  onStep: OnStep = () => {},
): Promise<{ ok: true; message: string } | Refused> {
  const problem = await whyNot(scope, runId, targets);
  if (problem) return problem;
  const control = await takeControl(
    scope,
    runId,
    { status: { $in: ["running", "succeeded", "failed", "cancelled"] } },
    { kind: "retry", targets },
    { status: "running", cancelRequestedAt: null, finishedAt: null, durationMs: null },
  );
  if (!control) return refused(scope, runId, "retried");
  await onStep("taken");
  await driveRetry(scope, runId, { seq: control.seq, targets }, onStep);
  const what = targets.length === 1 ? "The task runs" : `${targets.length} tasks run`;
  return { ok: true, message: `${what} again, with everything behind.` };
}

/**
 * All steps of a retry, from the start; a task that has had this operation is left alone. While one of them is held, no task
 * that waits for it can be queued: they are reset from the far end, the chosen ones last, so that no task ever waits for one
 * that is about to be reset (I2), and all are let go together.
 */
export async function driveRetry(
  scope: WorkspaceScope,
  runId: string,
  { seq, targets }: { seq: number; targets: string[] },
  onStep: OnStep = () => {},
): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  const graph = await tasks
    .find({ workflowRunId: runId }, { projection: { nodeId: 1, upstreamNodeIds: 1 }, sort: { nodeId: 1 } })
    .toArray();
  const order = deepestFirst(graph, new Set(targets));
  for (const [index, taskId] of order.entries()) {
    await resetTask(scope, taskId, seq, targets.includes(taskId));
    await onStep("reset");
    if (index % 50 === 49 && !(await keepControl(scope, runId, seq))) return;
  }
  await onStep("reset_all");
  await tasks.updateMany({ workflowRunId: runId, hold: String(seq) }, { $set: { hold: null } });
  await onStep("unheld");
  await releaseControl(scope, runId, seq);
  await onStep("released");
  // What is behind them is decided when they are over.
  await settleTasks(scope, runId, targets);
  await aggregateRun(scope, runId);
}

/** The attempt is put away first; the reset then finds the task as it was, or both are done again (I1). */
async function resetTask(scope: WorkspaceScope, taskId: string, seq: number, chosen: boolean): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  for (;;) {
    const task = await tasks.findOne({ _id: taskId });
    if (!task || task.opSeq >= seq) return;
    await archiveAttempt(scope, task, seq);
    const { modifiedCount } = await tasks.updateOne(
      { _id: taskId, opSeq: { $lt: seq }, fence: task.fence, status: task.status },
      [
        {
          $set: {
            ...unstarted,
            opSeq: seq,
            hold: { $literal: String(seq) },
            status: "pending",
            changedAt: "$$NOW",
            fence: { $add: ["$fence", 1] },
            attempt: { $add: ["$attempt", chosen ? 1 : 0] },
          },
        },
        { $unset: ["completedFence"] },
      ],
    );
    if (modifiedCount > 0) return;
  }
}

/** What an attempt leaves on its task, as it is before the first. */
const unstarted = {
  stalls: 0,
  outputArtifactIds: [],
  logRef: null,
  cacheHit: false,
  logLines: [],
  stdoutLines: [],
  stderrLines: [],
  stdoutCount: 0,
  stderrCount: 0,
  errorMessage: null,
  summary: { $literal: {} },
  lastResultPreview: null,
  workerId: null,
  leaseExpiresAt: null,
  heartbeatAt: null,
  cancelRequestedAt: null,
  skipReason: null,
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
  durationMs: null,
} as const satisfies Partial<Record<keyof RunTask, unknown>>;

async function whyNot(scope: WorkspaceScope, runId: string, targets: string[]): Promise<Refused | null> {
  const store = scoped(scope);
  if (!(await store.collection(workflowRuns).findOne({ _id: runId }, { projection: { _id: 1 } })))
    return noSuchRun;
  if (targets.length === 0) return { ok: false, code: "bad_input", message: "No task was chosen." };
  const chosen = await store
    .collection(runTasks)
    .find(
      { workflowRunId: runId, _id: { $in: targets } },
      { projection: { nodeId: 1, nodeName: 1, status: 1, upstreamNodeIds: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  if (chosen.length !== new Set(targets).size)
    return { ok: false, code: "not_found", message: "There is no such task in this run." };
  const unfinished = chosen.find(({ status }) => !isOver(status));
  if (unfinished) {
    return {
      ok: false,
      code: "conflict",
      message: `${unfinished.nodeName} is ${unfinished.status}: only a task that is over can be retried.`,
    };
  }
  const before = [...new Set(chosen.flatMap(({ upstreamNodeIds }) => upstreamNodeIds))];
  const blocking = await store
    .collection(runTasks)
    .findOne(
      { workflowRunId: runId, nodeId: { $in: before }, status: { $ne: "succeeded" } },
      { projection: { nodeName: 1, status: 1 }, sort: { nodeId: 1 } },
    );
  if (!blocking) return null;
  return {
    ok: false,
    code: "conflict",
    message: `${blocking.nodeName}, which comes before, is ${blocking.status}. Retry that one: what comes behind it runs again too.`,
  };
}

function isOver(status: RunTask["status"]): boolean {
  return status !== "pending" && status !== "queued" && status !== "running";
}
