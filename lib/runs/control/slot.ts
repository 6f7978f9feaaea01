import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/*
 * One operation at a time on a run. It is written on the run before its first step (`control`), so a process that dies leaves
 * behind what it meant to do, and whoever finds it goes on under the same number: each step applies at most once to a task.
 */

/** After this long without a sign of its driver, somebody else goes on with an operation. */
const takeOverAfterSeconds = 15;
const nextSeq = { $add: ["$opSeqCounter", 1] };
const expiry = { $dateAdd: { startDate: "$$NOW", unit: "second", amount: takeOverAfterSeconds } };

export type Control = NonNullable<WorkflowRun["control"]>;
type Intent = Pick<Control, "kind" | "targets">;

/** Fields of a run that an operation sets as it begins; expressions of an update. */
type Beginning = Partial<Record<"status" | "cancelRequestedAt" | "finishedAt" | "durationMs", unknown>>;

/** Writes the intent on a run that has none. Null when the run is not there, or not as `when` says. */
export async function takeControl(
  scope: WorkspaceScope,
  runId: string,
  when: { status: { $in: WorkflowRun["status"][] }; opSeqCounter?: number },
  intent: Intent,
  beginning: Beginning,
): Promise<Control | null> {
  const by = scope.userId ?? scope.actor;
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOneAndUpdate(
      { _id: runId, control: null, ...when },
      [
        {
          $set: {
            ...beginning,
            // An aggregate that was read before this must not write over it.
            aggSeq: { $add: ["$aggSeq", 1] },
            opSeqCounter: nextSeq,
            control: {
              kind: intent.kind,
              seq: nextSeq,
              by: { $literal: by },
              expiresAt: expiry,
              ...(intent.targets && { targets: { $literal: intent.targets } }),
            },
            updatedAt: "$$NOW",
          },
        },
      ],
      { projection: { control: 1 }, returnDocument: "after" },
    );
  return run?.control ?? null;
}

/** Puts the take-over off while the driver is at work. False when the operation is done: somebody else has finished it. */
export async function keepControl(scope: WorkspaceScope, runId: string, seq: number): Promise<boolean> {
  const { matchedCount } = await scoped(scope)
    .collection(workflowRuns)
    .updateOne({ _id: runId, "control.seq": seq }, [{ $set: { "control.expiresAt": expiry } }]);
  return matchedCount > 0;
}

/** Takes an operation over whose driver was lost; of two who try, the one whose write finds the old time. */
export async function takeOver(scope: WorkspaceScope, runId: string, control: Control): Promise<boolean> {
  const { modifiedCount } = await scoped(scope)
    .collection(workflowRuns)
    .updateOne({ _id: runId, "control.seq": control.seq, "control.expiresAt": control.expiresAt }, [
      { $set: { "control.expiresAt": expiry } },
    ]);
  return modifiedCount > 0;
}

/** The operation is done. The run may be final from here on, so an aggregate follows. */
export async function releaseControl(scope: WorkspaceScope, runId: string, seq: number): Promise<void> {
  await scoped(scope)
    .collection(workflowRuns)
    .updateOne({ _id: runId, "control.seq": seq }, [
      { $set: { control: null, aggSeq: { $add: ["$aggSeq", 1] }, updatedAt: "$$NOW" } },
    ]);
}
