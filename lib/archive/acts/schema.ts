import { z } from "zod";
import { int64Text } from "@/lib/logs/schema";
import { archiving } from "../policy/schema";

/** What the person who looks may do; each act is checked again where it happens. */
export interface ArchiveRights {
  write: boolean;
  delete: boolean;
}

export const hold = z.object({
  holdId: z.string(),
  /** Null: the whole workspace. */
  episodeId: z.string().nullable(),
  reason: z.string(),
  /** Null: no person, a command. */
  placedBy: z.string().nullable(),
  placedAt: z.iso.datetime(),
});
export type Hold = z.infer<typeof hold>;

/** All that the acts on an episode say before they are done: what there is, and what stands in their way. */
export const episodeActs = z.object({
  episodeId: z.string(),
  ended: z.boolean(),
  /** An archiver is at it. */
  busy: z.boolean(),
  hotRows: z.number().int(),
  hotBytes: z.number(),
  archivedRows: z.number().int(),
  archivedBytes: z.number(),
  chunks: z.number().int(),
  damagedChunks: z.number().int(),
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  /** The last archived number; "-1" before the first chunk. */
  archivedThrough: z.string(),
  /** The first live number and the last one given out; null when no row is live. */
  hot: z.object({ from: int64Text, to: int64Text }).nullable(),
  archiving,
  lease: z
    .object({ owner: z.string(), epoch: z.number().int(), expiresAt: z.iso.datetime(), expired: z.boolean() })
    .nullable(),
  failure: z
    .object({
      error: z.string(),
      failures: z.number().int(),
      failedAt: z.iso.datetime().nullable(),
      nextAttemptAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  reconciledAt: z.iso.datetime().nullable(),
  holds: z.array(hold),
  restores: z.number().int(),
  asOf: z.iso.datetime(),
});
export type EpisodeActs = z.infer<typeof episodeActs>;

export const restoreStates = ["copying", "ready", "failed", "cancelled", "expired"] as const;

export const restore = z.object({
  restoreId: z.string(),
  from: int64Text,
  to: int64Text,
  state: z.enum(restoreStates),
  chunks: z.number().int(),
  chunksDone: z.number().int(),
  rows: z.number().int(),
  rawBytes: z.number(),
  error: z.string().nullable(),
  requestedBy: z.string().nullable(),
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Restore = z.infer<typeof restore>;

const quota = z.object({ rows: z.number().int(), used: z.number().int() });

export const restoreList = z.object({ restores: z.array(restore), quota });
export type RestoreList = z.infer<typeof restoreList>;

export const restorePreview = z.object({
  from: int64Text,
  to: int64Text,
  chunks: z.number().int(),
  rows: z.number().int(),
  compressedBytes: z.number(),
  rawBytes: z.number(),
  quota,
  fits: z.boolean(),
});
export type RestorePreview = z.infer<typeof restorePreview>;

export const sweepPreview = z.object({
  orphans: z.array(
    z.object({
      key: z.string(),
      episodeId: z.string(),
      sizeBytes: z.number(),
      modifiedAt: z.iso.datetime(),
    }),
  ),
  /** Of all that were found, also those that are not listed. */
  total: z.object({ objects: z.number().int(), bytes: z.number() }),
  waiting: z.number().int(),
  unexplained: z.array(z.string()),
  olderThanHours: z.number(),
});
export type SweepPreview = z.infer<typeof sweepPreview>;

export const retentionPreview = z.object({
  chunks: z.number().int(),
  episodes: z.number().int(),
  rows: z.number().int(),
  bytes: z.number(),
  oldest: z.iso.datetime().nullable(),
  heldChunks: z.number().int(),
  markedAlready: z.number().int(),
  unmarked: z.number().int(),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;

/** A line of the answer while an archive is read again. */
export const scrubLine = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("progress"),
    chunksChecked: z.number().int(),
    chunks: z.number().int(),
    bytesRead: z.number(),
    problems: z.number().int(),
  }),
  z.object({
    kind: z.literal("result"),
    state: z.enum(["done", "stopped"]),
    chunksChecked: z.number().int(),
    bytesRead: z.number(),
    healed: z.number().int(),
    problems: z.array(z.string()),
  }),
  z.object({ kind: z.literal("failed"), code: z.string(), message: z.string() }),
]);
export type ScrubLine = z.infer<typeof scrubLine>;
