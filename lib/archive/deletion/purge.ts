import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { deleteBookmarksOf } from "@/lib/logs/bookmarks/mutations";
import { logArchiveAttempts, logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogDeletion, logDeletions, logExpired } from "@/lib/mongo/collections/log-deletions";
import { logBlocks, logReservations } from "@/lib/mongo/collections/log-episodes";
import { logEntriesRestored, logRestores, logScrubs } from "@/lib/mongo/collections/log-operations";
import { objectIdAt } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { episodePrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { pruneArchived } from "../commit";

export type PurgePoint = "rows_gone" | "objects_gone" | "records_gone" | "drained";
/** Called at each point; where a fault test stops the process. */
export type OnPurge = (point: PurgePoint) => Promise<void> | void;

/** Beyond every number that was ever given out. */
const everyNumber = 2n ** 62n;

/**
 * Takes away what a deleted episode left: at once, and a second time when every writer and archiver that had begun before has
 * ended, since they may leave rows or an object behind. Each step finds what it deletes by itself and needs none of the
 * others, so it goes on from anywhere. Only then is the id free again: the episode that has it next may be there while a
 * slow worker is still at this one. So what was made after `drainedAt` is never touched, and who comes late finds it done.
 */
export async function purgeEpisode(
  scope: WorkspaceScope,
  deletion: LogDeletion,
  { now = new Date(), onPoint = () => {} }: { now?: Date; onPoint?: OnPurge } = {},
): Promise<LogDeletion["state"]> {
  const { _id } = deletion;
  const deletions = scoped(scope).collection(logDeletions);
  // As it is now, not as it was when it was listed: another worker may have ended it since.
  const open = await deletions.findOne({ _id, state: { $in: ["purging", "draining"] } });
  if (!open) return "done";
  const { drainedAt } = open;
  if (open.state === "draining" && now < drainedAt) return "draining";
  await purge(scope, open, onPoint);
  if (now < drainedAt) {
    await deletions.updateOne({ _id, state: "purging" }, { $set: { state: "draining" } });
    return "draining";
  }
  await onPoint("drained");
  await deletions.updateOne(
    { _id, state: { $ne: "done" } },
    { $set: { state: "done", finishedAt: new Date() } },
  );
  return "done";
}

async function purge(
  scope: WorkspaceScope,
  { episodeId, drainedAt }: LogDeletion,
  onPoint: OnPurge,
): Promise<void> {
  const stores = scoped(scope);
  const its = { episodeId, _id: { $lt: objectIdAt(drainedAt) } };
  await pruneArchived(scope, episodeId, everyNumber, drainedAt);
  await stores.collection(logEntriesRestored).deleteMany(its);
  await onPoint("rows_gone");
  const store = objectStore();
  for await (const { key, modifiedAt } of store.list(episodePrefix(scope.workspaceId, episodeId)))
    if (modifiedAt < drainedAt) await store.delete(key);
  await onPoint("objects_gone");
  await stores.collection(logChunkIndex).deleteMany(its);
  await stores.collection(logChunks).deleteMany(its);
  await stores.collection(logExpired).deleteMany(its);
  await stores.collection(logBlocks).deleteMany(its);
  await stores.collection(logReservations).deleteMany(its);
  await stores.collection(logArchiveAttempts).deleteMany(its);
  await stores.collection(logScrubs).deleteMany(its);
  await stores.collection(logRestores).deleteMany(its);
  await deleteBookmarksOf(scope, episodeId, drainedAt);
  await onPoint("records_gone");
}
