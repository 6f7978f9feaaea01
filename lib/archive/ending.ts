import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { ArchiveOptions } from "./archiver";
import type { Attempt } from "./attempt";
import { type Lease, LeaseLost, releaseLease } from "./lease";
import { retryAfter } from "./retry";

/** What a run was asked for. */
type Took = Pick<ArchiveOptions, "trigger" | "everything">;

/** What a success leaves on the episode's record. */
export const succeeded = { lastArchiveError: null, archiveRetry: null };

/** Nothing is left that this run should take; whoever asked for it has got it. */
export async function endDone(
  scope: WorkspaceScope,
  lease: Lease,
  seen: LogMetadata,
  attempt: Attempt,
  took: Took,
): Promise<{ outcome: "done" }> {
  await strikeServed(scope, seen, took);
  await releaseLease(scope, lease, succeeded);
  await attempt.finish("nothing_to_do");
  return { outcome: "done" };
}

/** The same where no lease was needed to see it. */
export async function noteServed(scope: WorkspaceScope, seen: LogMetadata, took: Took): Promise<void> {
  const { episodeId } = seen;
  await scoped(scope)
    .collection(logMetadata)
    .updateOne({ episodeId, archiveLease: null }, { $set: succeeded });
  await strikeServed(scope, seen, took);
}

/** Strikes out the wish that was seen, unless it asked for more than was taken. One that came since stays. */
async function strikeServed(
  scope: WorkspaceScope,
  { episodeId, archiveRequest: wish }: LogMetadata,
  { trigger, everything = false }: Took,
): Promise<void> {
  if (trigger !== "on_demand" || !wish || (wish.everything && !everything)) return;
  const same = {
    "archiveRequest.requestedAt": wish.requestedAt,
    "archiveRequest.everything": wish.everything,
  };
  await scoped(scope)
    .collection(logMetadata)
    .updateOne({ episodeId, ...same }, { $set: { archiveRequest: null } });
}

/** Puts a failure on record and returns the sentence about it. */
export async function endFailed(
  scope: WorkspaceScope,
  lease: Lease,
  { archiveRetry: before }: LogMetadata,
  attempt: Attempt,
  error: unknown,
): Promise<string> {
  const step = attempt.failedAt ?? "between two steps";
  const known = error instanceof AppError || error instanceof LeaseLost;
  const sentence = known
    ? error.message
    : `Archiving stopped at ${step} for a reason that the server's log tells.`;
  if (!known) console.error(`Archiving ${lease.episodeId} failed at ${step}:`, error);
  const archiveRetry = retryAfter(before, new Date());
  const { nextAttemptAt } = archiveRetry;
  await attempt.finish("failed", { error: sentence, nextAttemptAt });
  // Rows that are committed and not deleted keep the lease until it expires: that brings the next archiver here. A commit
  // that failed may stand all the same, when only its answer was lost.
  if (attempt.failedAt !== "S5" && attempt.failedAt !== "S6") {
    await releaseLease(scope, lease, {
      lastArchiveError: sentence,
      archiveRetry,
      archiveDueAt: nextAttemptAt,
    });
  }
  return sentence;
}
