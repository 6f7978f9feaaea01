import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logArchiveAttempts, logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogDeletion, logDeletions, logExpired } from "@/lib/mongo/collections/log-deletions";
import { logBlocks, logReservations } from "@/lib/mongo/collections/log-episodes";
import { logEntriesRestored, logRestores, logScrubs } from "@/lib/mongo/collections/log-operations";
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
 * others, so it goes on from anywhere. Only then is the id free again.
 */
export async function purgeEpisode(
  scope: WorkspaceScope,
  deletion: LogDeletion,
  { now = new Date(), onPoint = () => {} }: { now?: Date; onPoint?: OnPurge } = {},
): Promise<LogDeletion["state"]> {
  const { _id, episodeId, drainedAt } = deletion;
  const deletions = scoped(scope).collection(logDeletions);
  if (deletion.state === "draining" && now < drainedAt) return "draining";
  await purge(scope, episodeId, onPoint);
  if (now < drainedAt) {
    await deletions.updateOne({ _id, state: "purging" }, { $set: { state: "draining" } });
    return "draining";
  }
  await onPoint("drained");
  await deletions.updateOne({ _id }, { $set: { state: "done", finishedAt: new Date() } });
  return "done";
}

async function purge(scope: WorkspaceScope, episodeId: string, onPoint: OnPurge): Promise<void> {
  const stores = scoped(scope);
  await pruneArchived(scope, episodeId, everyNumber);
  await stores.collection(logEntriesRestored).deleteMany({ episodeId });
  await onPoint("rows_gone");
  const store = objectStore();
  for await (const { key } of store.list(episodePrefix(scope.workspaceId, episodeId)))
    await store.delete(key);
  await onPoint("objects_gone");
  await stores.collection(logChunkIndex).deleteMany({ episodeId });
  await stores.collection(logChunks).deleteMany({ episodeId });
  await stores.collection(logExpired).deleteMany({ episodeId });
  await stores.collection(logBlocks).deleteMany({ episodeId });
  await stores.collection(logReservations).deleteMany({ episodeId });
  await stores.collection(logArchiveAttempts).deleteMany({ episodeId });
  await stores.collection(logScrubs).deleteMany({ episodeId });
  await stores.collection(logRestores).deleteMany({ episodeId });
  await onPoint("records_gone");
}
