import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { refuseWhileDeleted } from "./being-deleted";
import { ingestSettings } from "./ingest-settings";

export type EpisodeSettings = Partial<
  Pick<LogMetadata, "producer" | "archiveThreshold" | "chunkSize" | "keepHot" | "archiveAfterMs">
>;

/**
 * Makes the record of an episode on its first use; later calls change nothing. Many may come first at once. What `settings`
 * leave open is as the workspace says now, and stays so for this episode until somebody changes it.
 */
export async function ensureEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  settings: EpisodeSettings = {},
): Promise<void> {
  const records = scoped(scope).collection(logMetadata);
  if (await records.findOne({ episodeId }, { projection: { _id: 1 } })) return;
  await refuseWhileDeleted(scope, episodeId);
  const { archiving } = await ingestSettings(scope);
  const now = new Date();
  const _id = newObjectId();
  try {
    await records.insertOne({
      _id,
      episodeId,
      totalLogs: 0n,
      currentLogs: 0n,
      archivedLogs: 0n,
      totalChunks: 0,
      nextSequenceNumber: 0n,
      firstLogAt: null,
      lastLogAt: null,
      currentMongoBytes: 0n,
      archivedS3Bytes: 0n,
      archivedRawBytes: 0n,
      levelCounts: { debug: 0n, info: 0n, warn: 0n, error: 0n, fatal: 0n },
      isArchiving: false,
      lastArchivedAt: null,
      updatedAt: now,
      createdAt: now,
      lastWrittenAt: now,
      archivedThrough: -1n,
      archiveLease: null,
      leaseEpoch: 0,
      archiveRequest: null,
      lastArchiveError: null,
      damagedChunks: 0,
      archiveDueAt: null,
      ended: false,
      producer: { kind: "external" },
      ...archiving,
      ...settings,
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return;
  }
  // The id may have been used and given up between the first look and now. A record that numbers were taken from stays.
  await refuseWhileDeleted(scope, episodeId).catch(async (refused: unknown) => {
    await records.deleteMany({ _id, nextSequenceNumber: 0n });
    throw refused;
  });
}

/** No more entries are expected: the archiver may take the hot tail too. Entries that come all the same are welcome. */
export async function endEpisode(scope: WorkspaceScope, episodeId: string): Promise<boolean> {
  const now = new Date();
  const result = await scoped(scope)
    .collection(logMetadata)
    .updateOne({ episodeId }, { $set: { ended: true, updatedAt: now, archiveDueAt: now } });
  return result.matchedCount === 1;
}
