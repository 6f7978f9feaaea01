import { z } from "zod";
import { logLevels } from "@/lib/logs/level";
import { date, int32, int64, json, number, objectId } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";

const source = "log-schema";
const durable = { writeConcern: { w: "majority" as const }, readPreference: "primary" as const };

/** Entries per level; every level is present, so sums never meet a missing key. */
const levelCounts = z.object(
  Object.fromEntries(logLevels.map((level) => [level, int64()])) as Record<
    (typeof logLevels)[number],
    ReturnType<typeof int64>
  >,
);

/*
 * An episode id is the producer's own word, so it is unique within a workspace only: two workspaces may both have an
 * episode "train-1" and neither learns of the other. Every index of the source document therefore starts with
 * `workspaceId`, which each query carries anyway.
 */

export const logEntries = defineCollection({
  ...durable,
  name: "LogEntry",
  source,
  // There is deliberately no index that lets the database expire entries by age: only a verified chunk ends an entry.
  retention: { kind: "archived" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    timestamp: date(),
    level: z.enum(logLevels),
    message: z.string(),
    metadata: json().optional(),
    sequenceNumber: int64(),
    createdAt: date(),
    /**
     * Exact JSON text of `{"message":…,"metadata":…}` when BSON or a JavaScript object cannot hold the values as they
     * came (lone surrogates, integers beyond int64, repeated keys …). Readers prefer it; most entries do not have it.
     */
    raw: z.string().optional(),
    /** What was odd about the entry as it came: "timestamp_missing", "timestamp_absurd", "level_unknown" … */
    flags: z.array(z.string()).optional(),
  }),
  indexes: [
    // a page by sequence; the fence that lets no retry write a number twice
    {
      name: "workspaceId_1_episodeId_1_sequenceNumber_1",
      key: { workspaceId: 1, episodeId: 1, sequenceNumber: 1 },
      unique: true,
    },
    // jump to a time
    { name: "workspaceId_1_episodeId_1_timestamp_1", key: { workspaceId: 1, episodeId: 1, timestamp: 1 } },
    // level filter in sequence order
    {
      name: "workspaceId_1_episodeId_1_level_1_sequenceNumber_1",
      key: { workspaceId: 1, episodeId: 1, level: 1, sequenceNumber: 1 },
    },
    // age of the oldest entry that is not archived
    { name: "workspaceId_1_episodeId_1_createdAt_1", key: { workspaceId: 1, episodeId: 1, createdAt: 1 } },
  ],
});

export const logChunks = defineCollection({
  ...durable,
  name: "LogChunk",
  source,
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    chunkNumber: int32(),
    startSequence: int64(),
    endSequence: int64(),
    /** Earliest and latest timestamp of the rows (not of the first and last row: late entries break that). */
    startTime: date(),
    endTime: date(),
    logCount: int32(),
    /** Key in the object store. */
    src: z.string(),
    sizeBytes: int64(),
    createdAt: date(),
    lastAccessed: date(),
    // additions
    sha256: z.string(),
    /** Bytes of the JSON lines before compression. */
    rawBytes: int64(),
    /** Lease epoch of the archiver that committed it. */
    epoch: int32(),
    levelCounts,
    /** Numbers of the range that were given to a writer who died: logCount = end - start + 1 - these. */
    tombstones: z.array(z.object({ from: int64(), to: int64() })),
    state: z.enum(["verified", "missing", "damaged"]),
    verifiedAt: date(),
  }),
  indexes: [
    // the fence: two archivers cannot both commit chunk n
    {
      name: "workspaceId_1_episodeId_1_chunkNumber_1",
      key: { workspaceId: 1, episodeId: 1, chunkNumber: 1 },
      unique: true,
    },
    // the chunk that holds a sequence number
    {
      name: "workspaceId_1_episodeId_1_startSequence_1",
      key: { workspaceId: 1, episodeId: 1, startSequence: 1 },
      unique: true,
    },
    // chunks that overlap a time range
    { name: "workspaceId_1_startTime_1_endTime_1", key: { workspaceId: 1, startTime: 1, endTime: 1 } },
  ],
});

/** Where each gzip member of a chunk lies and what is in it, so that a page reads one member and a filter skips others. */
export const logChunkIndex = defineCollection({
  ...durable,
  name: "logChunkIndex",
  source,
  retention: { kind: "forever" },
  schema: z.object({
    /** The `_id` of the LogChunk. */
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    chunkNumber: int32(),
    members: z.array(
      z.object({
        offset: int32(),
        length: int32(),
        startSequence: int64(),
        endSequence: int64(),
        startTime: date(),
        endTime: date(),
        levelCounts,
        sha256: z.string(),
      }),
    ),
  }),
  indexes: [
    // all member indexes of an episode: overview and search plan
    {
      name: "workspaceId_1_episodeId_1_chunkNumber_1",
      key: { workspaceId: 1, episodeId: 1, chunkNumber: 1 },
      unique: true,
    },
  ],
});

export const logMetadata = defineCollection({
  ...durable,
  name: "LogMetadata",
  source,
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
    /** Why the last attempt failed, in words for the archive page; null once one succeeds. */
    lastArchiveError: z.string().nullable(),
    /** Chunks whose object a reader found missing or damaged. */
    damagedChunks: int32(),
    /** Bytes of the archived rows as JSON lines, before compression. */
    archivedRawBytes: int64(),
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
    // episodes with most entries not yet archived
    { name: "currentLogs_1", key: { currentLogs: 1 } },
    // episodes of a workspace, last written first
    {
      name: "workspaceId_1_lastWrittenAt_-1_episodeId_1",
      key: { workspaceId: 1, lastWrittenAt: -1, episodeId: 1 },
    },
  ],
});

/**
 * A batch of an episode: the sequence numbers it was given, and the answer its sender got. Written in the transaction
 * that advances `nextSequenceNumber`, so no number is handed out without a record of who has it.
 */
export const logReservations = defineCollection({
  ...durable,
  name: "logReservations",
  source,
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
    // reservations of all workspaces whose writer seems dead
    { name: "state_1_createdAt_1", key: { state: 1, createdAt: 1 } },
  ],
});

/** Counts per block of 200 sequence numbers, kept at ingest: the minimap and totals never read entries. */
export const logBlocks = defineCollection({
  ...durable,
  name: "logBlocks",
  source,
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

/** What an archive attempt did, step by step (S0 lease … S7 release), with durations and how it ended. */
export const logArchiveAttempts = defineCollection({
  ...durable,
  name: "logArchiveAttempts",
  source,
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    owner: z.string(),
    epoch: int32(),
    trigger: z.enum(["threshold", "age", "ended", "on_demand"]),
    chunkNumber: int32().nullable(),
    startSequence: int64().nullable(),
    endSequence: int64().nullable(),
    steps: z.array(z.object({ step: z.string(), durationMs: number(), outcome: z.enum(["done", "failed"]) })),
    outcome: z.enum(["running", "archived", "nothing_to_do", "failed"]),
    error: z.string().nullable(),
    startedAt: date(),
    finishedAt: date().nullable(),
  }),
  indexes: [
    // attempts of an episode, newest first
    { name: "workspaceId_1_episodeId_1_startedAt_-1", key: { workspaceId: 1, episodeId: 1, startedAt: -1 } },
    // attempts of a workspace, newest first
    { name: "workspaceId_1_startedAt_-1", key: { workspaceId: 1, startedAt: -1 } },
  ],
});

export type LogEntry = DocumentOf<typeof logEntries>;
export type LogChunk = DocumentOf<typeof logChunks>;
export type LogChunkIndex = DocumentOf<typeof logChunkIndex>;
export type LogMetadata = DocumentOf<typeof logMetadata>;
export type LogReservation = DocumentOf<typeof logReservations>;
export type LogBlock = DocumentOf<typeof logBlocks>;
export type LogArchiveAttempt = DocumentOf<typeof logArchiveAttempts>;
