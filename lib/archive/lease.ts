import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";

/** How long an archiver that fell silent keeps others out (I11). */
export const leaseMs = 60_000;

/** The right to archive one episode. Every write of the archiver carries owner and epoch, and an older epoch is refused. */
export interface Lease {
  episodeId: string;
  owner: string;
  epoch: number;
}

/*
 * Time is the database's, in the filter and in the update: the clocks of two archivers may differ by minutes, and neither
 * may take a lease that the other still holds.
 */

const isFree = {
  $or: [{ archiveLease: null }, { $expr: { $lte: ["$archiveLease.expiresAt", "$$NOW"] } }],
};

/** Takes the lease when nobody holds it, with the next epoch. Null when somebody does, or there is no such episode. */
export async function acquireLease(
  scope: WorkspaceScope,
  episodeId: string,
  owner: string,
  ttlMs: number,
): Promise<{ lease: Lease; record: LogMetadata } | null> {
  const epoch = { $add: ["$leaseEpoch", 1] };
  const expiresAt = { $add: ["$$NOW", ttlMs] };
  const record = await scoped(scope)
    .collection(logMetadata)
    .findOneAndUpdate(
      { episodeId, ...isFree },
      [
        {
          $set: {
            leaseEpoch: epoch,
            isArchiving: true,
            archiveLease: { owner: { $literal: owner }, epoch, expiresAt },
            // Should we die, somebody is to look when the lease ends.
            archiveDueAt: { $min: ["$archiveDueAt", expiresAt] },
          },
        },
      ],
      { returnDocument: "after" },
    );
  return record && { lease: { episodeId, owner, epoch: record.leaseEpoch }, record };
}

/** Puts the end off. False when the lease is somebody else's by now; a late holder nobody replaced may go on. */
export async function renewLease(scope: WorkspaceScope, lease: Lease, ttlMs: number): Promise<boolean> {
  const result = await scoped(scope)
    .collection(logMetadata)
    .updateOne(heldBy(lease), [{ $set: { "archiveLease.expiresAt": { $add: ["$$NOW", ttlMs] } } }]);
  return result.matchedCount === 1;
}

type LeftBehind = "lastArchiveError" | "archiveRetry" | "archiveDueAt";

/** Gives the lease back, with what the attempt leaves on the record. False when it was no longer ours. */
export async function releaseLease(
  scope: WorkspaceScope,
  lease: Lease,
  leaves: Partial<Pick<LogMetadata, LeftBehind>> = {},
): Promise<boolean> {
  const result = await scoped(scope)
    .collection(logMetadata)
    .updateOne(heldBy(lease), { $set: { archiveLease: null, isArchiving: false, ...leaves } });
  return result.matchedCount === 1;
}

/** The fence: matches the episode only while it is archived under this lease. */
export function heldBy({ episodeId, owner, epoch }: Lease) {
  return { episodeId, "archiveLease.owner": owner, "archiveLease.epoch": epoch };
}

/** Thrown when a step finds that the episode went to another archiver. */
export class LeaseLost extends Error {
  constructor({ episodeId, epoch }: Lease) {
    super(`Another archiver took episode ${episodeId} over; epoch ${epoch} writes nothing any more.`);
    this.name = "LeaseLost";
  }
}

/** Renews in the background while `work` runs. */
export async function whileRenewing<T>(
  scope: WorkspaceScope,
  lease: Lease,
  ttlMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => {
    // A refused renewal needs no alarm: the commit checks the epoch itself.
    renewLease(scope, lease, ttlMs).catch(() => {});
  }, ttlMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
