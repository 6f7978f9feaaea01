import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogDeletion, logDeletions } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";

/** The record of a chunk. */
export async function chunkAt(
  scope: WorkspaceScope,
  episodeId: string,
  chunkNumber: number,
): Promise<LogChunk> {
  const chunk = await scoped(scope).collection(logChunks).findOne({ episodeId, chunkNumber });
  if (!chunk) throw new Error(`There is no chunk ${chunkNumber}`);
  return chunk;
}

/** The record of an episode's deletion. */
export async function deletionOf(scope: WorkspaceScope, episodeId: string): Promise<LogDeletion> {
  const deletion = await scoped(scope).collection(logDeletions).findOne({ episodeId });
  if (!deletion) throw new Error(`Episode ${episodeId} was not deleted`);
  return deletion;
}

/** As if these chunks had been archived so many days ago. */
export async function ageChunks(
  scope: WorkspaceScope,
  episodeId: string,
  chunkNumbers: number[],
  days: number,
): Promise<void> {
  const createdAt = new Date(Date.now() - days * 86_400_000);
  await scoped(scope)
    .collection(logChunks)
    .updateMany({ episodeId, chunkNumber: { $in: chunkNumbers } }, { $set: { createdAt } });
}

/** As if the delay of every mark had passed. */
export async function passUndoDelay(scope: WorkspaceScope): Promise<void> {
  await scoped(scope)
    .collection(logChunks)
    .updateMany({ deleteAfter: { $exists: true } }, { $set: { deleteAfter: new Date(Date.now() - 1) } });
}
