import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logLevels } from "@/lib/logs/level";
import { type LogChunk, logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogExpired, logExpired } from "@/lib/mongo/collections/log-deletions";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { logEntriesRestored } from "@/lib/mongo/collections/log-operations";
import { type Scoped, scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { audited } from "../audit-outbox";
import { passFence, raiseFence } from "../fence";
import { findHold } from "../hold";
import { blockChangeOf, changeBlocks } from "./block-counts";
import { cutoffOf } from "./marks";
import { getRetention } from "./policy";

export type ExpirePoint = "counted" | "recorded" | "object_deleted";
/** Called at each point; where a fault test stops the process. */
export type OnExpire = (point: ExpirePoint) => Promise<void> | void;

/**
 * Ends a marked chunk whose delay has passed. First the record, in one transaction: the chunk becomes an expired range that
 * readers show as such, and every counter moves with it. Then the object. In this order no chunk ever points at an object
 * that is gone (I7), and what a kill leaves behind is an object that is on record as to be deleted:
 *  before "recorded"        nothing happened
 *  after "recorded"         the object is deleted by `finishExpired`
 *  after "object_deleted"   the same, once more, in vain
 * Also asked again: the policy, holds and the mark itself, so that whoever said no in time is heard.
 */
export async function expireChunk(
  scope: WorkspaceScope,
  chunk: LogChunk,
  onPoint: OnExpire = () => {},
): Promise<"expired" | "kept"> {
  const policy = await getRetention(scope);
  if (!policy || chunk.createdAt >= cutoffOf(policy)) return "kept";
  await raiseFence(scope, "deletion");
  const blocks = await blockChangeOf(scope, chunk);
  await onPoint("counted");
  const { _id, episodeId } = chunk;
  const expired = await audited(scope, async (tx) => {
    await passFence(tx, "deletion");
    if (await findHold(tx, episodeId)) return null;
    const current = await tx.collection(logChunks).findOne({ _id, deleteAfter: { $lte: new Date() } });
    if (!current) return null;
    const record = toExpired(current, policy.days);
    await tx.collection(logExpired).insertOne(record);
    await tx.collection(logChunks).deleteMany({ _id });
    await tx.collection(logChunkIndex).deleteMany({ _id });
    await changeCounters(tx, current);
    await changeBlocks(tx, episodeId, blocks);
    return { act: actOf(record), result: record };
  });
  if (!expired) return "kept";
  await onPoint("recorded");
  await finishExpired(scope, expired, onPoint);
  return "expired";
}

/** Deletes what an expired chunk leaves in the stores: its object, and rows of it that were restored. Safe to repeat. */
export async function finishExpired(
  scope: WorkspaceScope,
  { _id, episodeId, src, startSequence, endSequence }: Omit<LogExpired, "workspaceId">,
  onPoint: OnExpire = () => {},
): Promise<void> {
  await objectStore().delete(src);
  await onPoint("object_deleted");
  await scoped(scope)
    .collection(logEntriesRestored)
    .deleteMany({ episodeId, sequenceNumber: { $gte: startSequence, $lte: endSequence } });
  await scoped(scope)
    .collection(logExpired)
    .updateOne({ _id }, { $set: { objectDeleted: true } });
}

function toExpired(chunk: LogChunk, retentionDays: number): Omit<LogExpired, "workspaceId"> {
  const { _id, episodeId, chunkNumber, startSequence, endSequence, startTime, endTime } = chunk;
  const { logCount, levelCounts, tombstones, src, sizeBytes, sha256, createdAt } = chunk;
  return {
    _id,
    episodeId,
    chunkNumber,
    startSequence,
    endSequence,
    startTime,
    endTime,
    logCount,
    levelCounts,
    tombstones,
    src,
    sizeBytes,
    sha256,
    archivedAt: createdAt,
    expiredAt: new Date(),
    retentionDays,
    objectDeleted: false,
  };
}

/** The same figures that the commit of the chunk raised, taken back; the rows count as expired from here on. */
async function changeCounters(tx: Scoped, chunk: LogChunk): Promise<void> {
  const { episodeId, levelCounts, state } = chunk;
  const rows = BigInt(chunk.logCount);
  const records = tx.collection(logMetadata);
  // First the record of the episode: it is what its transactions meet at, so nobody takes rows in while we look for the rest.
  const record = await records.findOneAndUpdate(
    { episodeId },
    {
      $inc: {
        totalLogs: -rows,
        archivedLogs: -rows,
        archivedS3Bytes: -chunk.sizeBytes,
        archivedRawBytes: -chunk.rawBytes,
        expiredLogs: rows,
        expiredChunks: 1,
        damagedChunks: state === "verified" ? 0 : -1,
        ...Object.fromEntries(logLevels.map((level) => [`levelCounts.${level}`, -levelCounts[level]])),
      },
      $set: { updatedAt: new Date() },
    },
    { returnDocument: "after" },
  );
  if (!record) throw new Error(`Episode ${episodeId} has no record`);
  await records.updateOne({ episodeId }, { $set: await edgesOf(tx, record) });
}

/** The earliest and latest time among the rows that are left. */
async function edgesOf(
  tx: Scoped,
  { episodeId, archivedThrough }: LogMetadata,
): Promise<Pick<LogMetadata, "firstLogAt" | "lastLogAt">> {
  const chunks = tx.collection(logChunks);
  const rows = tx.collection(logEntries);
  const hot = { episodeId, sequenceNumber: { $gt: archivedThrough } };
  const [firstCold, lastCold] = [
    await chunks.findOne({ episodeId }, { sort: { startTime: 1 }, projection: { startTime: 1 } }),
    await chunks.findOne({ episodeId }, { sort: { endTime: -1 }, projection: { endTime: 1 } }),
  ];
  const [firstHot, lastHot] = [
    await rows.findOne(hot, { sort: { timestamp: 1 }, projection: { timestamp: 1 } }),
    await rows.findOne(hot, { sort: { timestamp: -1 }, projection: { timestamp: 1 } }),
  ];
  const first = [firstCold?.startTime, firstHot?.timestamp].flatMap((time) => time?.getTime() ?? []);
  const last = [lastCold?.endTime, lastHot?.timestamp].flatMap((time) => time?.getTime() ?? []);
  return {
    firstLogAt: first.length > 0 ? new Date(Math.min(...first)) : null,
    lastLogAt: last.length > 0 ? new Date(Math.max(...last)) : null,
  };
}

function actOf(expired: Omit<LogExpired, "workspaceId">) {
  const { episodeId, chunkNumber, startSequence, endSequence, logCount, sha256, retentionDays } = expired;
  return {
    action: "archive.expire_chunk",
    resourceType: "log_episode",
    resourceId: episodeId,
    reason: `Archived logs are kept for ${retentionDays} days.`,
    before: {
      chunkNumber,
      from: startSequence.toString(),
      to: endSequence.toString(),
      rows: logCount,
      sha256,
    },
  };
}
