import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { type LogReservation, logMetadata, logReservations } from "@/lib/mongo/collections/log-episodes";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { ensureEpisode } from "./episodes";
import { inTurn } from "./turns";

type Wanted = Pick<LogReservation, "episodeId" | "batchId" | "contentHash" | "accepted" | "rejected">;

/**
 * The sequence numbers of a batch: those it was given before, or the next free ones. "conflict" when the name stands for
 * another content. Most batches are new and belong to an episode that is there, so both are tried first and looked up only
 * when the database says otherwise.
 */
export async function reserve(scope: WorkspaceScope, wanted: Wanted): Promise<LogReservation | "conflict"> {
  try {
    const reserved = await reserveInTurn(scope, wanted);
    if (reserved) return reserved;
    await ensureEpisode(scope, wanted.episodeId);
    const afterwards = await reserveInTurn(scope, wanted);
    if (!afterwards)
      throw new AppError("conflict", `Episode ${wanted.episodeId} was deleted while this was stored.`);
    return afterwards;
  } catch (error) {
    // The batch has its numbers: it is a repeat, or came twice at once.
    const stored = isDuplicateKey(error) && (await findReservation(scope, wanted));
    if (!stored) throw error;
    return stored.contentHash === wanted.contentHash ? stored : "conflict";
  }
}

function reserveInTurn(scope: WorkspaceScope, wanted: Wanted): Promise<LogReservation | null> {
  return inTurn(`${scope.workspaceId}/${wanted.episodeId}`, () => reserveNext(scope, wanted));
}

/**
 * I2: a number leaves the counter only together with the record of who has it, in one transaction; a repeated batch ends it
 * at the unique index, and the counter stays where it was. Null when the episode has no record yet.
 */
function reserveNext(scope: WorkspaceScope, wanted: Wanted): Promise<LogReservation | null> {
  return scoped(scope).transaction(async (tx) => {
    const before = await tx
      .collection(logMetadata)
      .findOneAndUpdate(
        { episodeId: wanted.episodeId },
        { $inc: { nextSequenceNumber: BigInt(wanted.accepted) } },
        { returnDocument: "before", projection: { nextSequenceNumber: 1 } },
      );
    if (!before) return null;
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

function findReservation(scope: WorkspaceScope, { episodeId, batchId }: Wanted) {
  return scoped(scope).collection(logReservations).findOne({ episodeId, batchId });
}
