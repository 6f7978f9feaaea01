import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogReservation, logMetadata, logReservations } from "@/lib/mongo/collections/log-episodes";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { inTurn } from "./turns";

type Wanted = Pick<LogReservation, "episodeId" | "batchId" | "contentHash" | "accepted" | "rejected">;

/**
 * The sequence numbers of a batch: those it was given before, or the next free ones. "conflict" when the name stands for
 * another content. The episode's record must exist.
 */
export async function reserve(scope: WorkspaceScope, wanted: Wanted): Promise<LogReservation | "conflict"> {
  const { episodeId, batchId } = wanted;
  const stored = await findReservation(scope, episodeId, batchId);
  if (stored) return judge(stored, wanted);
  try {
    return await inTurn(`${scope.workspaceId}/${episodeId}`, () => reserveNext(scope, wanted));
  } catch (error) {
    // The same batch came twice at once and the other one was first.
    const other = isDuplicateKey(error) && (await findReservation(scope, episodeId, batchId));
    if (!other) throw error;
    return judge(other, wanted);
  }
}

/** I2: a number leaves the counter only together with the record of who has it, in one transaction. */
function reserveNext(scope: WorkspaceScope, wanted: Wanted): Promise<LogReservation> {
  return scoped(scope).transaction(async (tx) => {
    const before = await tx
      .collection(logMetadata)
      .findOneAndUpdate(
        { episodeId: wanted.episodeId },
        { $inc: { nextSequenceNumber: BigInt(wanted.accepted) } },
        { returnDocument: "before", projection: { nextSequenceNumber: 1 } },
      );
    if (!before) throw new Error(`Episode ${wanted.episodeId} has no record`);
    const reservation: LogReservation = {
      ...wanted,
      _id: newObjectId(),
      workspaceId: scope.workspaceId,
      startSequence: before.nextSequenceNumber,
      endSequence: before.nextSequenceNumber + BigInt(wanted.accepted) - 1n,
      state: "open",
      createdAt: new Date(),
      settledAt: null,
    };
    await tx.collection(logReservations).insertOne(reservation);
    return reservation;
  });
}

function judge(stored: LogReservation, wanted: Wanted): LogReservation | "conflict" {
  return stored.contentHash === wanted.contentHash ? stored : "conflict";
}

function findReservation(scope: WorkspaceScope, episodeId: string, batchId: string) {
  return scoped(scope).collection(logReservations).findOne({ episodeId, batchId });
}
