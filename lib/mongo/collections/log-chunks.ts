import { z } from "zod";
import { date, int32, int64, number, objectId } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { levelCounts, logCollection } from "./log-fields";

export const logChunks = defineCollection({
  ...logCollection,
  name: "LogChunk",
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
    /** When somebody last looked, with whatever result; absent: nobody since it was committed. */
    checkedAt: date().optional(),
    /** When the object store last did not give its object, since it was last looked at: nothing is known from that. */
    unreadAt: date().optional(),
    /** Which rows of a chunk that is not verified cannot be read; absent: all of them. */
    damage: z
      .array(z.object({ from: int64(), to: int64(), reason: z.enum(["missing", "damaged"]) }))
      .optional(),
    /** Its rows are in MongoDB again as well, until then. */
    restoredUntil: date().optional(),
    /** Marked by the retention of the workspace: deleted after this, unless somebody takes the mark away. */
    deleteAfter: date().optional(),
    /** 2: the object carries a footer (index, histogram, templates, token filter). Absent: members of rows and nothing else. */
    format: int32().optional(),
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
    // chunks nobody has looked at for longest
    { name: "checkedAt_1_verifiedAt_1", key: { checkedAt: 1, verifiedAt: 1 } },
    // chunks of a workspace that its retention ends, oldest first
    { name: "workspaceId_1_createdAt_1", key: { workspaceId: 1, createdAt: 1 } },
    // marked chunks of a workspace, the next to go first
    { name: "workspaceId_1_deleteAfter_1", key: { workspaceId: 1, deleteAfter: 1 } },
    // marked chunks of all workspaces whose time has come
    { name: "deleteAfter_1", key: { deleteAfter: 1 } },
    // chunks that overlap a time range
    { name: "workspaceId_1_startTime_1_endTime_1", key: { workspaceId: 1, startTime: 1, endTime: 1 } },
  ],
});

const occurrences = z.object({
  lastSequence: int64(),
  firstAt: date(),
  lastAt: date(),
  levels: z.array(int32()),
  slots: z.array(int32()),
});

const template = z.object({
  id: z.string(),
  template: z.string(),
  count: int32(),
  /** The first row of the template in this chunk. */
  firstSequence: int64(),
  /** Where its rows stand (lib/logs/templates/occurrences.ts); absent in chunks from before that was noted. */
  seen: occurrences.optional(),
});

const fieldCounts = z.object({
  complete: z.boolean(),
  fields: z.array(
    z.object({
      path: z.string(),
      rows: int32(),
      values: z.array(z.object({ value: z.string(), count: int32() })),
    }),
  ),
});

/** Where each gzip member of a chunk lies and what is in it, so that a page reads one member and a filter skips others. */
export const logChunkIndex = defineCollection({
  ...logCollection,
  name: "logChunkIndex",
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
    // Of chunks of format 2; where one is absent a reader scans the rows instead.
    /** The token filter in the object: its first page and how to find a token's page (lib/archive/bloom.ts). */
    bloom: z
      .object({ offset: int32(), pageBytes: int32(), pages: int32(), hashes: int32(), tokens: int32() })
      .optional(),
    /** Exact counts per stretch of time that has rows; starts are multiples of the width. */
    histogram: z
      .object({ widthMs: number(), buckets: z.array(z.object({ start: date(), levelCounts })) })
      .optional(),
    /** The most frequent message templates, most frequent first. */
    templates: z.array(template).optional(),
    /** Rows in none of `templates`. */
    otherTemplates: int32().optional(),
    /** Sequence numbers in a slot of `seen.slots`; the first slot begins with the chunk's first row. */
    slotWidth: int32().optional(),
    /** How often values of metadata fields stand in the rows (lib/logs/facets/field-counts.ts). */
    facets: fieldCounts.optional(),
    /**
     * The same figures of a chunk that was archived without them, counted from its rows later. They stand apart because the
     * object's own footer does not have them.
     */
    recount: z
      .object({
        templates: z.array(template),
        otherTemplates: int32(),
        slotWidth: int32(),
        facets: fieldCounts,
      })
      .optional(),
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

/** What an archive attempt did, step by step (S0 lease … S7 release), with durations and how it ended. */
export const logArchiveAttempts = defineCollection({
  ...logCollection,
  name: "logArchiveAttempts",
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
    /** Of an attempt that failed: when it is tried again. */
    nextAttemptAt: date().optional(),
    startedAt: date(),
    finishedAt: date().nullable(),
  }),
  indexes: [
    // attempts of an episode, newest first
    { name: "workspaceId_1_episodeId_1_startedAt_-1", key: { workspaceId: 1, episodeId: 1, startedAt: -1 } },
    // attempts of all workspaces that failed of late
    { name: "outcome_1_startedAt_-1", key: { outcome: 1, startedAt: -1 } },
    // attempts of a workspace, newest first
    { name: "workspaceId_1_startedAt_-1", key: { workspaceId: 1, startedAt: -1 } },
  ],
});

export type LogChunk = DocumentOf<typeof logChunks>;

/** How a chunk came about and who looked after it: nothing that a reader of its rows needs. A projection. */
export const notForReaders = {
  createdAt: 0,
  sizeBytes: 0,
  rawBytes: 0,
  sha256: 0,
  epoch: 0,
  verifiedAt: 0,
  checkedAt: 0,
  unreadAt: 0,
  deleteAfter: 0,
  format: 0,
} as const satisfies Partial<Record<keyof LogChunk, 0>>;
export type ReadableChunk = Omit<LogChunk, keyof typeof notForReaders>;
export type LogChunkIndex = DocumentOf<typeof logChunkIndex>;
export type LogArchiveAttempt = DocumentOf<typeof logArchiveAttempts>;
