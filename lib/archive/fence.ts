import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogFence, logFences } from "@/lib/mongo/collections/log-deletions";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { newObjectId } from "@/lib/mongo/object-id";
import { type Scoped, scoped } from "@/lib/mongo/scoped";

/*
 * A transaction sees the database as it was when it began. Two that would each be right alone (a hold is placed while a chunk
 * is deleted) could both commit if they touched no document in common. Both write the fence, so one of them waits or begins
 * again, and then sees what the other did.
 */

/** Makes the fence of a purpose where there is none yet: before the transaction, which an insert of two at once would fail. */
export async function raiseFence(scope: WorkspaceScope, purpose: LogFence["purpose"]): Promise<void> {
  const fences = scoped(scope).collection(logFences);
  if (await fences.findOne({ purpose }, { projection: { _id: 1 } })) return;
  try {
    await fences.insertOne({ _id: newObjectId(), purpose, revision: 0n });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Meets the others of this purpose. */
export async function passFence(tx: Scoped, purpose: LogFence["purpose"]): Promise<void> {
  const passed = await tx.collection(logFences).updateOne({ purpose }, { $inc: { revision: 1n } });
  if (passed.matchedCount !== 1)
    throw new Error(`The fence ${purpose} was not raised before the transaction`);
}
