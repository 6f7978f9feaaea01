import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { abandonedAfterMs } from "@/lib/logs/seal";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { logRestores } from "@/lib/mongo/collections/log-operations";
import { newObjectId } from "@/lib/mongo/object-id";
import { audited } from "../audit-outbox";
import { passFence, raiseFence } from "../fence";
import { findHold } from "../hold";

export interface DeleteEpisode {
  episodeId: string;
  /** The id once more, typed by the person. */
  confirm: string;
  reason: string;
}

/**
 * Deletes an episode, for good. Its record goes in one transaction with the note that it is being deleted: from then on it
 * answers like an episode that never was, an archiver that holds its lease can commit nothing, and its id is not given out
 * again. The worker takes the rest away (purge.ts), however often it is stopped on the way.
 */
export async function deleteEpisode(
  scope: WorkspaceScope,
  { episodeId, confirm, reason }: DeleteEpisode,
): Promise<{ ok: true; message: string }> {
  if (confirm !== episodeId)
    throw new AppError("bad_input", "Type the id of the episode to confirm that it is deleted.");
  await raiseFence(scope, "deletion");
  await audited(scope, async (tx) => {
    await passFence(tx, "deletion");
    const hold = await findHold(tx, episodeId);
    if (hold) throw new AppError("conflict", `A legal hold forbids this: ${hold.reason}`);
    const record = await tx.collection(logMetadata).findOne({ episodeId });
    if (!record) throw new AppError("not_found", "There is no such episode.");
    await tx.collection(logMetadata).deleteMany({ _id: record._id });
    await tx
      .collection(logRestores)
      .updateMany({ episodeId, state: { $in: ["copying", "ready"] } }, { $set: { state: "cancelled" } });
    const now = Date.now();
    const chunks = record.totalChunks - (record.expiredChunks ?? 0);
    await tx.collection(logDeletions).insertOne({
      _id: newObjectId(),
      episodeId,
      state: "purging",
      requestedBy: scope.userId,
      requestedAt: new Date(now),
      reason,
      rows: record.totalLogs,
      chunks,
      archivedBytes: record.archivedS3Bytes,
      // A writer that got its numbers before has ended by then, one way or the other.
      drainedAt: new Date(now + abandonedAfterMs),
      finishedAt: null,
    });
    const before = { rows: Number(record.totalLogs), chunks, archivedBytes: Number(record.archivedS3Bytes) };
    const act = { action: "archive.delete_episode", resourceType: "log_episode", resourceId: episodeId };
    return { act: { ...act, reason, before }, result: true };
  });
  return {
    ok: true,
    message: `Episode ${episodeId} is deleted. The worker takes its rows and objects away.`,
  };
}
