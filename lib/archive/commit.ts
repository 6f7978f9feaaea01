import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { chunkFormat } from "./footer";
import { heldBy, type Lease, LeaseLost } from "./lease";
import type { ReadChunk } from "./read-range";

/**
 * Makes a verified object part of the episode (S5), in one transaction. The update of the record is the fence (I10): it
 * matches only under our epoch and only when our chunk is the next one, so a late archiver and a repeated commit both
 * change nothing. From here on the reader takes these rows from the archive.
 */
export async function commitChunk(
  scope: WorkspaceScope,
  lease: Lease,
  chunkNumber: number,
  key: string,
  { encoded, tombstones, mongoBytes }: ReadChunk,
): Promise<void> {
  const { episodeId } = lease;
  const { rawBytes, members, bloom, ...figures } = encoded.index;
  const rows = BigInt(encoded.logCount);
  await scoped(scope).transaction(async (tx) => {
    const now = new Date();
    const advanced = await tx.collection(logMetadata).updateOne(
      { ...heldBy(lease), archivedThrough: encoded.startSequence - 1n, totalChunks: chunkNumber },
      {
        $set: {
          archivedThrough: encoded.endSequence,
          lastArchivedAt: now,
          updatedAt: now,
          lastArchiveError: null,
        },
        $inc: {
          currentLogs: -rows,
          archivedLogs: rows,
          totalChunks: 1,
          currentMongoBytes: -BigInt(mongoBytes),
          archivedS3Bytes: BigInt(encoded.file.length),
          archivedRawBytes: BigInt(rawBytes),
        },
      },
    );
    if (advanced.matchedCount !== 1) throw new LeaseLost(lease);
    const _id = newObjectId();
    await tx.collection(logChunks).insertOne({
      _id,
      episodeId,
      chunkNumber,
      startSequence: encoded.startSequence,
      endSequence: encoded.endSequence,
      startTime: encoded.startTime,
      endTime: encoded.endTime,
      logCount: encoded.logCount,
      src: key,
      sizeBytes: BigInt(encoded.file.length),
      createdAt: now,
      lastAccessed: now,
      sha256: encoded.sha256,
      rawBytes: BigInt(rawBytes),
      epoch: lease.epoch,
      levelCounts: encoded.levelCounts,
      tombstones,
      state: "verified",
      verifiedAt: now,
      format: chunkFormat,
    });
    await tx.collection(logChunkIndex).insertOne({
      _id,
      episodeId,
      chunkNumber,
      members,
      ...(bloom && { bloom }),
      histogram: figures.histogram,
      templates: figures.templates,
      otherTemplates: figures.otherTemplates,
      slotWidth: figures.slotWidth,
      facets: figures.facets,
    });
  });
}

/** Rows that one statement deletes: a chunk in one go would hold locks for long. */
const rowsPerDelete = 5_000n;

/**
 * Deletes rows that a verified chunk holds (S6, I9: archivedThrough is raised by nothing but the commit). Cut short, it is
 * simply done again: the reader looks at none of these rows any more. `receivedBefore` leaves younger rows alone.
 */
export async function pruneArchived(
  scope: WorkspaceScope,
  episodeId: string,
  archivedThrough: bigint,
  receivedBefore?: Date,
): Promise<number> {
  const rows = scoped(scope).collection(logEntries);
  const those = { episodeId, ...(receivedBefore && { createdAt: { $lt: receivedBefore } }) };
  let deleted = 0;
  for (;;) {
    const oldest = await rows.findOne(
      { ...those, sequenceNumber: { $lte: archivedThrough } },
      { sort: { sequenceNumber: 1 }, projection: { sequenceNumber: 1 } },
    );
    if (!oldest) return deleted;
    const end = oldest.sequenceNumber + rowsPerDelete - 1n;
    const result = await rows.deleteMany({
      ...those,
      sequenceNumber: { $lte: end < archivedThrough ? end : archivedThrough },
    });
    deleted += result.deletedCount;
  }
}

/** Whether rows are still in MongoDB that a chunk holds. */
export async function holdsArchived(
  scope: WorkspaceScope,
  { episodeId, archivedThrough }: Pick<LogMetadata, "episodeId" | "archivedThrough">,
): Promise<boolean> {
  const row = await scoped(scope)
    .collection(logEntries)
    .findOne({ episodeId, sequenceNumber: { $lte: archivedThrough } }, { projection: { _id: 1 } });
  return row !== null;
}
