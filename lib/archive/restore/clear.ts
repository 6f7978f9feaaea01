import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogRestore, logEntriesRestored, logRestores } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import { chunksIn } from "./plan";

/** Ends restores of the workspace whose time is over. */
export async function endOverdue(scope: WorkspaceScope, now = new Date()): Promise<void> {
  await scoped(scope)
    .collection(logRestores)
    .updateMany({ cleared: false, state: "ready", expiresAt: { $lte: now } }, { $set: { state: "expired" } });
}

/**
 * Clears away what a restore that is over has copied, but for chunks that another one still asks for. First the mark, then
 * the rows: a reader who comes in between finds rows missing and takes all of them from the archive.
 */
export async function clearRestore(scope: WorkspaceScope, restore: LogRestore): Promise<void> {
  for (const chunk of await chunksIn(scoped(scope), restore.episodeId, restore))
    await clearChunk(scope, chunk);
  await scoped(scope)
    .collection(logRestores)
    .updateOne(
      { _id: restore._id, state: { $in: ["cancelled", "expired", "failed"] } },
      { $set: { cleared: true } },
    );
}

async function clearChunk(scope: WorkspaceScope, chunk: LogChunk): Promise<void> {
  const { _id, episodeId, startSequence, endSequence } = chunk;
  const chunks = scoped(scope).collection(logChunks);
  const other = await scoped(scope)
    .collection(logRestores)
    .findOne(
      {
        episodeId,
        state: { $in: ["copying", "ready"] },
        from: { $lte: startSequence },
        to: { $gte: endSequence },
      },
      { sort: { expiresAt: -1 } },
    );
  if (other) {
    await chunks.updateOne({ _id, restoredUntil: { $exists: true } }, [
      { $set: { restoredUntil: { $min: ["$restoredUntil", other.expiresAt] } } },
    ]);
    return;
  }
  await chunks.updateOne({ _id }, { $unset: { restoredUntil: "" } });
  await scoped(scope)
    .collection(logEntriesRestored)
    .deleteMany({ episodeId, sequenceNumber: { $gte: startSequence, $lte: endSequence } });
}
