import { z } from "zod";
import { date, int32, int64, objectId } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { levelCounts, logCollection } from "./log-fields";

/*
 * How archived rows end, and what keeps them from it. Nothing else deletes one.
 */

/** Forbids deleting: nothing of the episode (of the whole workspace, when it names none) goes while one is in force. */
export const logHolds = defineCollection({
  ...logCollection,
  name: "logHolds",
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    /** Null: every episode of the workspace. */
    episodeId: z.string().nullable(),
    reason: z.string(),
    placedBy: z.string().nullable(),
    placedAt: date(),
    releasedBy: z.string().nullable(),
    releasedAt: date().nullable(),
    releaseReason: z.string().nullable(),
  }),
  indexes: [
    // holds in force on an episode or its workspace
    {
      name: "workspaceId_1_releasedAt_1_episodeId_1",
      key: { workspaceId: 1, releasedAt: 1, episodeId: 1 },
    },
  ],
});

/**
 * One document per workspace and purpose that transactions write so that they meet: of two that would each be right alone
 * (a hold is placed, a chunk is deleted), the later one sees the other.
 */
export const logFences = defineCollection({
  ...logCollection,
  name: "logFences",
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    purpose: z.enum(["deletion", "restore"]),
    revision: int64(),
  }),
  indexes: [
    {
      name: "workspaceId_1_purpose_1",
      key: { workspaceId: 1, purpose: 1 },
      unique: true,
    },
  ],
});

/**
 * A chunk that the retention of its workspace ended. It stands where the LogChunk stood: numbers stay dense (I2, I3), and
 * the chain of hashes over all chunks keeps its head.
 */
export const logExpired = defineCollection({
  ...logCollection,
  name: "logExpired",
  retention: { kind: "forever" },
  schema: z.object({
    /** The `_id` of the LogChunk. */
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    chunkNumber: int32(),
    startSequence: int64(),
    endSequence: int64(),
    startTime: date(),
    endTime: date(),
    logCount: int32(),
    levelCounts,
    tombstones: z.array(z.object({ from: int64(), to: int64() })),
    src: z.string(),
    sizeBytes: int64(),
    sha256: z.string(),
    archivedAt: date(),
    expiredAt: date(),
    retentionDays: int32(),
    /** The object is gone too; until then the worker goes on deleting it. */
    objectDeleted: z.boolean(),
  }),
  indexes: [
    // expired ranges of an episode, in order; a chunk expires once
    {
      name: "workspaceId_1_episodeId_1_chunkNumber_1",
      key: { workspaceId: 1, episodeId: 1, chunkNumber: 1 },
      unique: true,
    },
    // which expired range a number lies in
    {
      name: "workspaceId_1_episodeId_1_startSequence_1",
      key: { workspaceId: 1, episodeId: 1, startSequence: 1 },
    },
    // objects that are still to be deleted
    { name: "objectDeleted_1_expiredAt_1", key: { objectDeleted: 1, expiredAt: 1 } },
  ],
});

/** An episode that somebody deleted. Its id is not given out again until nothing of it is left. */
export const logDeletions = defineCollection({
  ...logCollection,
  name: "logDeletions",
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    /** purging: rows and objects go; draining: gone once, writers that were under way may still leave some; done. */
    state: z.enum(["purging", "draining", "done"]),
    requestedBy: z.string().nullable(),
    requestedAt: date(),
    reason: z.string(),
    /** What the episode held when it was deleted. */
    rows: int64(),
    chunks: int32(),
    archivedBytes: int64(),
    /** By then every writer that had begun before has ended. */
    drainedAt: date(),
    finishedAt: date().nullable(),
  }),
  indexes: [
    // is this id being deleted
    {
      name: "workspaceId_1_episodeId_1_state_1",
      key: { workspaceId: 1, episodeId: 1, state: 1 },
    },
    // what the worker has to go on with
    { name: "state_1_requestedAt_1", key: { state: 1, requestedAt: 1 } },
  ],
});

export type LogHold = DocumentOf<typeof logHolds>;
export type LogExpired = DocumentOf<typeof logExpired>;
export type LogDeletion = DocumentOf<typeof logDeletions>;
export type LogFence = DocumentOf<typeof logFences>;
