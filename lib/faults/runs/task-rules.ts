import type { RunTask } from "@/lib/mongo/collections/runs";
import { type TaskStatus, taskStatus } from "@/lib/runs/status";

/*
 * What may become of a task from one write to the next. All of it must hold for any order of writes, so it is asked after
 * every one.
 */

/** The status before, and what it may be after; back to the start only a reset brings a task (`isReset`). */
const next: Record<TaskStatus, readonly TaskStatus[]> = {
  pending: ["queued", "skipped", "cancelled"],
  queued: ["running", "cancelled"],
  running: ["succeeded", "failed", "cancelled", "queued"],
  succeeded: [],
  failed: [],
  skipped: [],
  cancelled: [],
};

/** An operation of a person has put the task back to where it began. */
export function isReset(before: RunTask, after: RunTask): boolean {
  return after.opSeq > before.opSeq && after.status === "pending";
}

/** A worker's end of it was accepted with this write; the fence that the worker held. */
export function acceptedFence(before: RunTask, after: RunTask): number | null {
  const { completedFence } = after;
  return completedFence !== undefined && completedFence !== before.completedFence ? completedFence : null;
}

/** Something happened in it that must not be forgotten. */
export function hasStory({ startedAt, finishedAt }: Pick<RunTask, "startedAt" | "finishedAt">): boolean {
  return startedAt !== null || finishedAt !== null;
}

/** Broken rules of one task: the invariant, and what was seen. */
export function* brokenBy(before: RunTask, after: RunTask, now: number): Generator<[string, string]> {
  const { nodeId } = after;
  const reset = isReset(before, after);
  const moved = before.status !== after.status;
  if (moved && !reset && !next[before.status].includes(after.status))
    yield ["machine", `${nodeId} went from ${before.status} to ${after.status}`];
  if ((moved || reset) && after.fence !== before.fence + 1)
    yield [
      "I1",
      `${nodeId} went from ${before.status} to ${after.status}, its fence from ${before.fence} to ${after.fence}`,
    ];
  if (!moved && !reset && after.fence !== before.fence)
    yield ["I1", `the fence of ${nodeId} went from ${before.fence} to ${after.fence} and nothing else did`];
  if (moved && after.changedAt?.getTime() !== now)
    yield ["changedAt", `${nodeId} became ${after.status} and says that it changed at ${after.changedAt}`];
  if (after.opSeq < before.opSeq)
    yield ["I4", `${nodeId} went back from operation ${before.opSeq} to ${after.opSeq}`];
  if (after.attempt !== before.attempt && !(reset && after.attempt === before.attempt + 1))
    yield ["I4", `${nodeId} went from attempt ${before.attempt} to ${after.attempt} without a retry`];
  if (after.status === "running" && !moved && after.workerId !== before.workerId)
    yield ["I1", `${nodeId} changed hands from ${before.workerId} to ${after.workerId}`];
  const fence = acceptedFence(before, after);
  if (fence !== null && (before.status !== "running" || fence !== before.fence))
    yield ["I1", `${nodeId} was completed under fence ${fence}; it was ${before.status} at ${before.fence}`];
  if (after.stalls > before.stalls && (before.leaseExpiresAt?.getTime() ?? 0) >= now)
    yield ["lease", `${nodeId} was taken from ${before.workerId}, whose lease had not ended`];
  if (before.status === "running" && after.status === "cancelled" && before.cancelRequestedAt === null)
    yield ["machine", `${nodeId} was cancelled while it ran and nobody had asked for it`];
  if (taskStatus[before.status].final && !moved && !reset && resultOf(before) !== resultOf(after))
    yield ["I1", `what ${nodeId} came to changed after its end`];
}

/** What a worker delivered. */
function resultOf(task: RunTask): string {
  const { errorMessage, outputArtifactIds, stdoutCount, stderrCount, lastResultPreview } = task;
  return JSON.stringify([errorMessage, outputArtifactIds, stdoutCount, stderrCount, lastResultPreview]);
}
