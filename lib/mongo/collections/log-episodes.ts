import { z } from "zod";
import { date, int32, int64, number, objectId } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { levelCounts, logCollection } from "./log-fields";

export const logMetadata = defineCollection({
  ...logCollection,
  name: "LogMetadata",
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    totalLogs: int64(),
    currentLogs: int64(),
    archivedLogs: int64(),
    totalChunks: int32(),
    nextSequenceNumber: int64(),
    firstLogAt: date().nullable(),
    lastLogAt: date().nullable(),
    currentMongoBytes: int64(),
    archivedS3Bytes: int64(),
    levelCounts,
    archiveThreshold: int32(),
    chunkSize: int32(),
    /** Mirror of "archiveLease is held", for readers of the source document's field. The lease decides. */
    isArchiving: z.boolean(),
    lastArchivedAt: date().nullable(),
    updatedAt: date(),
    // additions
    createdAt: date(),
    /** When entries last arrived. Lists sort by it: a producer's own timestamps may lie in another century. */
    lastWrittenAt: date(),
    /** Last sequence that is served from the archive; -1 before the first chunk. The reader rule hangs on it. */
    archivedThrough: int64(),
    /** Newest entries that stay in MongoDB at an archive run started by the threshold. */
    keepHot: int32(),
    /** Who archives now. `epoch` only grows; a write that carries an older one is refused. */
    archiveLease: z.object({ owner: z.string(), epoch: int32(), expiresAt: date() }).nullable(),
    /** Last epoch handed out, kept when the lease is released. */
    leaseEpoch: int32(),
    /** Somebody asked for it and no archiver has finished it yet; the worker looks for these. */
    archiveRequest: z.object({ everything: z.boolean(), requestedAt: date() }).nullable(),
    /** How old the oldest entry in MongoDB may become before it is archived; absent: a day. */
    archiveAfterMs: number().optional(),
    /**
     * When an archiver should look at the episode, at the latest: it may look in vain, never too late. Null when nothing
     * is to come; absent on records from before there was such a time.
     */
    archiveDueAt: date().nullable().optional(),
    /** The store or a row stood in the way: tried again at this time, later each time. */
    archiveRetry: z
      .object({ failures: int32(), failedAt: date(), nextAttemptAt: date() })
      .nullable()
      .optional(),
    /** Why the last attempt failed, in words for the archive page; null once one succeeds. */
    lastArchiveError: z.string().nullable(),
    /** Chunks whose object a reader found missing or damaged. */
    damagedChunks: int32(),
    /** Bytes of the archived rows as JSON lines, before compression. */
    archivedRawBytes: int64(),
    /** Rows and chunks that the retention of the workspace ended: they count in no other figure. Absent: none. */
    expiredLogs: int64().optional(),
    expiredChunks: int32().optional(),
    /** When the counters were last compared with a count. */
    reconciledAt: date().optional(),
    /** No more entries are expected: the whole stream may be archived, without a hot tail. */
    ended: z.boolean(),
    /** What writes this episode: a task of a run, or an outside producer. */
    producer: z.object({
      kind: z.enum(["run_task", "external"]),
      runId: z.string().optional(),
      taskId: z.string().optional(),
    }),
  }),
  indexes: [
    // one record per episode
    { name: "workspaceId_1_episodeId_1", key: { workspaceId: 1, episodeId: 1 }, unique: true },
    // episodes of all workspaces that an archiver should look at
    { name: "archiveDueAt_1", key: { archiveDueAt: 1 } },
    // episodes whose counters nobody has compared for longest
    { name: "reconciledAt_1", key: { reconciledAt: 1 } },
    // episodes with most entries not yet archived
    { name: "currentLogs_1", key: { currentLogs: 1 } },
    // episodes of a workspace, last written first
    {
      name: "workspaceId_1_lastWrittenAt_-1_episodeId_1",
      key: { workspaceId: 1, lastWrittenAt: -1, episodeId: 1 },
    },
    // streams of a run
    {
      name: "workspaceId_1_producer.runId_1_episodeId_1",
      key: { workspaceId: 1, "producer.runId": 1, episodeId: 1 },
    },
    // streams of a workspace that have rows at a time or before it, those that end last first
    {
      name: "workspaceId_1_lastLogAt_1_firstLogAt_1",
      key: { workspaceId: 1, lastLogAt: 1, firstLogAt: 1 },
    },
    // the same behind a time, those that begin first first
    { name: "workspaceId_1_firstLogAt_1_episodeId_1", key: { workspaceId: 1, firstLogAt: 1, episodeId: 1 } },
  ],
});

/**
 * A batch of an episode: the sequence numbers it was given, and the answer its sender got. Written in the transaction
 * that advances `nextSequenceNumber`, so no number is handed out without a record of who has it.
 */
export const logReservations = defineCollection({
  ...logCollection,
  name: "logReservations",
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    /** The sender's name for the batch; repeating it is a no-op with the same answer. */
    batchId: z.string(),
    /** SHA-256 over the lines as they came: another content under the same name is refused, not mixed in. */
    contentHash: z.string(),
    startSequence: int64(),
    /** Inclusive. A batch without a good line gets no reservation. */
    endSequence: int64(),
    /**
     * open: numbers given, rows perhaps not all there; filled: all there and counted; tombstone: given up after its
     * writer died: the rows that were there were counted, the numbers in `missing` are never written.
     */
    state: z.enum(["open", "filled", "tombstone"]),
    missing: z.array(z.object({ from: int64(), to: int64() })).optional(),
    accepted: int32(),
    rejected: int32(),
    /** Also the receive time of every entry of the batch, so that a retry writes the very same entries. */
    createdAt: date(),
    settledAt: date().nullable(),
  }),
  indexes: [
    // a repeated batch
    {
      name: "workspaceId_1_episodeId_1_batchId_1",
      key: { workspaceId: 1, episodeId: 1, batchId: 1 },
      unique: true,
    },
    // the first open reservation, where the archiver must stop; tombstone ranges in a page
    {
      name: "workspaceId_1_episodeId_1_state_1_startSequence_1",
      key: { workspaceId: 1, episodeId: 1, state: 1, startSequence: 1 },
    },
    // batches of a workspace within the last minutes: how fast rows come in
    { name: "workspaceId_1_createdAt_-1", key: { workspaceId: 1, createdAt: -1 } },
    // reservations of all workspaces whose writer seems dead
    { name: "state_1_createdAt_1", key: { state: 1, createdAt: 1 } },
  ],
});

/** Counts per block of 200 sequence numbers, kept at ingest: the minimap and totals never read entries. */
export const logBlocks = defineCollection({
  ...logCollection,
  name: "logBlocks",
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    /** Covers sequences block*200 … block*200+199. */
    block: int32(),
    startTime: date(),
    endTime: date(),
    levelCounts,
  }),
  indexes: [
    {
      name: "workspaceId_1_episodeId_1_block_1",
      key: { workspaceId: 1, episodeId: 1, block: 1 },
      unique: true,
    },
  ],
});

export type LogMetadata = DocumentOf<typeof logMetadata>;
export type LogReservation = DocumentOf<typeof logReservations>;
