import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { BulkJobItem } from "@/lib/mongo/collections/bulk-jobs";
import { type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { cancelRun } from "../control/cancel";
import { retryRun } from "../control/retry-run";
import { retryFailed } from "../control/retry-tasks";
import { runHasState } from "../status";
import { type BulkItemState, type BulkKind, bulkKind } from "./kinds";

export interface Outcome {
  state: Extract<BulkItemState, "acted" | "over" | "refused" | "failed">;
  message: string | null;
  newRunId?: string;
}

type RunNow = Pick<WorkflowRun, "status" | "opSeqCounter">;

export function readRun(scope: WorkspaceScope, runId: string): Promise<RunNow | null> {
  return scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { status: 1, opSeqCounter: 1 }, maxTimeMS: 5_000 });
}

/** Whether there is anything to do for a run; null when there is. */
export function needsNothing(kind: BulkKind, run: RunNow | null): Outcome | null {
  if (!run) return { state: "refused", message: "The run is no longer here." };
  if (bulkKind[kind].actsOn.includes(run.status)) return null;
  return { state: "over", message: `The run ${runHasState[run.status]}.` };
}

/**
 * A run whose worker was lost in the middle. A new run has a name that follows from the job, so asking again makes no second
 * one. An operation on a run counts on it, so its number tells whether this one, or another since, has taken place: then
 * nothing is done again.
 */
export function wasActedOn(kind: BulkKind, item: Pick<BulkJobItem, "opSeq">, run: RunNow | null): boolean {
  return kind !== "rerun" && run !== null && item.opSeq !== null && run.opSeqCounter > item.opSeq;
}

/**
 * Does it to one run, as the operation that follows on `after`. Whoever took the job over may have done it already while this
 * worker paused: then another number is the last one, and nothing is done.
 */
export async function act(
  scope: WorkspaceScope,
  kind: BulkKind,
  { jobId, runId }: Pick<BulkJobItem, "jobId" | "runId">,
  after: number,
): Promise<Outcome> {
  if (kind === "rerun") {
    const answer = await retryRun(scope, { runId, idempotencyKey: `bulk:${jobId}:${runId}` });
    return answer.ok
      ? { state: "acted", message: null, newRunId: answer.runId }
      : { state: "refused", message: answer.message };
  }
  const answer =
    kind === "cancel" ? await cancelRun(scope, runId, { after }) : await retryFailed(scope, runId, { after });
  return { state: answer.ok ? "acted" : "refused", message: answer.ok ? null : answer.message };
}
