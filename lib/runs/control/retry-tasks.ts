import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { aggregateRun } from "../aggregate";
import { settleTasks } from "../settle";
import { readRunGraph, resetOf, retryableFailures } from "./affected";
import { archiveEnded } from "./attempts";
import { noSuchRun, overtaken, type Refused, refused } from "./refusal";
import { resetInOrder } from "./reset";
import { resetLevels } from "./reset-order";
import { type Control, keepControl, releaseControl, takeControl } from "./slot";
import { whyNotRetry } from "./why-not-retry";

/** Where a retry stands; tests stop it there, and the one who asked is noted at "taken". */
export type RetryStep = "taken" | "reset" | "reset_all" | "archived" | "unheld" | "released";

export interface RetryOptions {
  /** Also when something behind the chosen tasks runs now: its worker is fenced out and its result dropped. */
  force?: boolean;
  /** The number of the last operation that the one who asks knows of: when there was another since, nothing is done. */
  after?: number;
  onStep?: OnStep;
}

type OnStep = (step: RetryStep, control: Pick<Control, "seq" | "targets">) => Promise<void> | void;
export type Retried = { ok: true; message: string; tasks: number } | Refused;

/**
 * Runs tasks of a run again, and everything behind them, in the same run. `targets` are the tasks that a person chose: theirs
 * is the attempt that is counted. Each must be over, and all before it must have succeeded or be run again with it.
 */
export function retryTasks(
  scope: WorkspaceScope,
  runId: string,
  targets: readonly string[],
  options: RetryOptions = {},
): Promise<Retried> {
  return retry(scope, runId, () => [...new Set(targets)], options);
}

/** Runs every task again that failed or was cancelled while all before it had succeeded, in one operation. */
export function retryFailed(
  scope: WorkspaceScope,
  runId: string,
  options: RetryOptions = {},
): Promise<Retried> {
  return retry(scope, runId, retryableFailures, options);
}

async function retry(
  scope: WorkspaceScope,
  runId: string,
  choose: (graph: Awaited<ReturnType<typeof readRunGraph>>) => string[],
  { force = false, after, onStep = () => {} }: RetryOptions,
): Promise<Retried> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { opSeqCounter: 1 } });
  if (!run) return noSuchRun;
  if (after !== undefined && run.opSeqCounter !== after) return overtaken;
  const graph = await readRunGraph(scope, runId);
  const targets = choose(graph);
  const reset = resetOf(graph, new Set(targets));
  const problem = whyNotRetry(reset, targets, force);
  if (problem) return problem;
  // What was judged stays so unless another operation comes between: then its number is not the one that was read.
  const control = await takeControl(
    scope,
    runId,
    {
      // Its figures may be a moment behind its tasks, so a run that says "queued" may well have one that is over.
      status: { $in: ["queued", "running", "succeeded", "failed", "cancelled"] },
      opSeqCounter: run.opSeqCounter,
    },
    { kind: "retry", targets },
    { status: "running", cancelRequestedAt: null, finishedAt: null, durationMs: null },
  );
  if (!control) return refused(scope, runId, "retried", after);
  await onStep("taken", control);
  await driveRetry(scope, runId, { seq: control.seq, targets }, onStep);
  const tasks = reset.levels.reduce((sum, level) => sum + level.length, 0);
  const what = targets.length === 1 ? "The task runs" : `${targets.length} tasks run`;
  const behind = tasks - targets.length;
  const more = behind > 0 ? `, and ${behind} behind ${targets.length === 1 ? "it" : "them"}` : "";
  return { ok: true, message: `${what} again${more}.`, tasks };
}

/**
 * All steps of a retry, from the start; a task that has had this operation is left alone. While one of them is held, no task
 * that waits for it can be queued: they are reset from the far end, so that no task ever waits for one that is about to be
 * reset (I2), and all are let go together, when the attempts they had are put away.
 */
export async function driveRetry(
  scope: WorkspaceScope,
  runId: string,
  { seq, targets }: { seq: number; targets: string[] },
  onStep: OnStep = () => {},
): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  const hold = String(seq);
  const chosen = new Set(targets);
  const graph = await tasks
    .find({ workflowRunId: runId }, { projection: { nodeId: 1, upstreamNodeIds: 1 }, sort: { nodeId: 1 } })
    .toArray();
  const isMine = await resetInOrder(
    scope,
    runId,
    resetLevels(graph, chosen),
    { seq, targets: chosen },
    async () => {
      await onStep("reset", { seq });
      return keepControl(scope, runId, seq);
    },
  );
  if (!isMine) return;
  await onStep("reset_all", { seq });
  await archiveEnded(scope, runId, hold);
  await onStep("archived", { seq });
  await tasks.updateMany({ workflowRunId: runId, hold }, { $set: { hold: null }, $unset: { ended: "" } });
  await onStep("unheld", { seq });
  await releaseControl(scope, runId, seq);
  await onStep("released", { seq });
  // What is behind them is decided when they are over.
  await settleTasks(scope, runId, targets);
  await aggregateRun(scope, runId);
}
