import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { aggregateRun } from "../aggregate";
import { type Refused, refused } from "./refusal";
import { type Control, keepControl, releaseControl, takeControl } from "./slot";

/** Where a cancellation stands; tests stop it there, and the one who asked is noted at "taken". */
export type CancelStep = "taken" | "told" | "released";
type OnStep = (step: CancelStep, control: Pick<Control, "seq">) => Promise<void> | void;

export interface CancelOptions {
  /** The number of the last operation that the one who asks knows of: when there was another since, nothing is done. */
  after?: number;
  onStep?: OnStep;
}

/**
 * Cancels a run: what waits is cancelled at once, what runs is told so by its next heartbeat, and forced after the grace time
 * if nobody answers (`redrive.ts`). Work that was completed before the word reached it stays succeeded.
 */
export async function cancelRun(
  scope: WorkspaceScope,
  runId: string,
  { after, onStep = () => {} }: CancelOptions = {},
): Promise<{ ok: true; message: string } | Refused> {
  const control = await takeControl(
    scope,
    runId,
    { status: { $in: ["queued", "running"] }, ...(after !== undefined && { opSeqCounter: after }) },
    { kind: "cancel" },
    { status: "cancelling", cancelRequestedAt: "$$NOW" },
  );
  if (!control) return refused(scope, runId, "cancelled", after);
  await onStep("taken", control);
  await driveCancel(scope, runId, control.seq, onStep);
  return {
    ok: true,
    message: "The run is being cancelled. Running tasks are told with their next heartbeat.",
  };
}

/** All steps of a cancellation, from the start: a task that has had this operation is left alone. */
export async function driveCancel(
  scope: WorkspaceScope,
  runId: string,
  seq: number,
  onStep: OnStep = () => {},
): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  const active = {
    workflowRunId: runId,
    status: { $in: ["pending", "queued", "running"] as const },
    opSeq: { $lt: seq },
  };
  // A task whose status changes while the write goes through the index may be missed by it: until none is left.
  for (;;) {
    const { modifiedCount } = await tasks.updateMany({ ...active, status: { $in: [...active.status.$in] } }, [
      {
        $set: {
          opSeq: seq,
          cancelRequestedAt: "$$NOW",
          // Held is only what its maker, who died, did not let go; nobody does that for a run that is over.
          hold: null,
          changedAt: "$$NOW",
          // A worker that runs keeps its fence: it must be able to say that it has stopped, or that it was done.
          fence: { $cond: [isRunning, "$fence", { $add: ["$fence", 1] }] },
          finishedAt: { $cond: [isRunning, "$finishedAt", "$$NOW"] },
          status: { $cond: [isRunning, "running", "cancelled"] },
        },
      },
    ]);
    if (modifiedCount === 0) break;
    if (!(await keepControl(scope, runId, seq))) return;
  }
  await onStep("told", { seq });
  await releaseControl(scope, runId, seq);
  await onStep("released", { seq });
  await aggregateRun(scope, runId);
}

const isRunning = { $eq: ["$status", "running"] };
