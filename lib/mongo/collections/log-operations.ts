import { z } from "zod";
import { logLevels } from "@/lib/logs/level";
import { date, int32, int64, json, objectId } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { logCollection } from "./log-fields";

/*
 * What happens to an archive after it was written: it is looked at again, rows are brought back, and both are on record.
 */

/** What a scrub of an episode found. Chunks carry their own state; this is the history and what belongs to no chunk. */
export const logScrubs = defineCollection({
  ...logCollection,
  name: "logScrubs",
  retention: { kind: "ttl", field: "expiresAt" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    startedAt: date(),
    finishedAt: date().nullable(),
    /** running: at it, or cut short by the end of its process; stopped: somebody ended it. */
    state: z.enum(["running", "done", "stopped"]),
    /** All chunks were looked at, not only those whose turn it was. */
    whole: z.boolean(),
    chunksChecked: int32(),
    bytesRead: int64(),
    /** Chunks that were bad before and are good again. */
    healed: int32(),
    problems: z.array(
      z.object({
        kind: z.string(),
        chunkNumber: int32().nullable(),
        from: int64().nullable(),
        to: int64().nullable(),
        sentence: z.string(),
      }),
    ),
    expiresAt: date(),
  }),
  indexes: [
    // the last scrubs of an episode
    { name: "workspaceId_1_episodeId_1_startedAt_-1", key: { workspaceId: 1, episodeId: 1, startedAt: -1 } },
    // the database ends old ones
    { name: "expiresAt_1", key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
});

/** A wish to have archived rows in MongoDB for a while, and how far it has come. */
export const logRestores = defineCollection({
  ...logCollection,
  name: "logRestores",
  retention: { kind: "forever" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    /** Whole chunks: the range that was asked for, widened. */
    from: int64(),
    to: int64(),
    state: z.enum(["copying", "ready", "failed", "cancelled", "expired"]),
    chunks: int32(),
    rows: int64(),
    rawBytes: int64(),
    chunksDone: int32(),
    error: z.string().nullable(),
    requestedBy: z.string().nullable(),
    requestedAt: date(),
    expiresAt: date(),
    /** The copied rows of a restore that is over are gone. */
    cleared: z.boolean(),
  }),
  indexes: [
    // restores of an episode, newest first; does this range have one already
    {
      name: "workspaceId_1_episodeId_1_requestedAt_-1",
      key: { workspaceId: 1, episodeId: 1, requestedAt: -1 },
    },
    // the quota of a workspace
    { name: "workspaceId_1_state_1", key: { workspaceId: 1, state: 1 } },
    // what the worker has to copy, and to clear
    { name: "cleared_1_state_1_expiresAt_1", key: { cleared: 1, state: 1, expiresAt: 1 } },
  ],
});

/** Copies of archived rows, for as long as somebody asked. The archive stays the truth: nothing is lost with them. */
export const logEntriesRestored = defineCollection({
  ...logCollection,
  name: "LogEntryRestored",
  retention: { kind: "ttl", field: "expiresAt" },
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
    raw: z.string().optional(),
    flags: z.array(z.string()).optional(),
    expiresAt: date(),
  }),
  indexes: [
    // a page by sequence; copying a chunk again changes nothing
    {
      name: "workspaceId_1_episodeId_1_sequenceNumber_1",
      key: { workspaceId: 1, episodeId: 1, sequenceNumber: 1 },
      unique: true,
    },
    // the database ends what the worker did not come to
    { name: "expiresAt_1", key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
});

/** Audit entries of acts in MongoDB on their way to the trail in PostgreSQL: written in the act's own transaction. */
export const logAuditOutbox = defineCollection({
  ...logCollection,
  name: "logAuditOutbox",
  retention: { kind: "forever" },
  schema: z.object({
    /** Also the key of the entry, so that delivering it twice leaves one. */
    _id: objectId(),
    workspaceId: z.string(),
    actor: z.enum(["user", "token", "worker", "command"]),
    actorId: z.string().nullable(),
    action: z.string(),
    resourceType: z.string(),
    resourceId: z.string(),
    reason: z.string().nullable(),
    /** JSON texts: their numbers are digits already, and no field name of theirs is an operator. */
    before: z.string().nullable(),
    after: z.string().nullable(),
    at: date(),
  }),
  indexes: [
    // what waits in a workspace, oldest first
    { name: "workspaceId_1_at_1", key: { workspaceId: 1, at: 1 } },
    // what a process left behind, of all workspaces
    { name: "at_1", key: { at: 1 } },
  ],
});

export type LogScrub = DocumentOf<typeof logScrubs>;
export type LogRestore = DocumentOf<typeof logRestores>;
export type LogEntryRestored = DocumentOf<typeof logEntriesRestored>;
export type LogAudit = DocumentOf<typeof logAuditOutbox>;
