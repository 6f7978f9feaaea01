import { z } from "zod";
import { episodeId, episodeSummary, int64Text, level } from "@/lib/logs/schema";
import type { EpisodeSums } from "./episode-sums";
import { seenRevision } from "./policy/schema";

/** What needs a person, worst first; the order is the sort order of the page. */
export const archiveStates = ["damaged", "overdue", "archiving", "live", "verified"] as const;
export const archiveState = z.enum(archiveStates);
export type ArchiveState = z.infer<typeof archiveState>;

/** One episode on the archival status page. */
export const archiveEpisode = episodeSummary.extend({
  state: archiveState,
  threshold: z.number().int(),
  lease: z.object({ owner: z.string(), epoch: z.number().int(), expiresAt: z.iso.datetime() }).nullable(),
  hotBytes: z.number(),
  archivedBytes: z.number(),
  lastArchivedAt: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
  /** After a failure: when the archiver tries again by itself. */
  nextAttemptAt: z.iso.datetime().nullable(),
  attempts: z.number().int(),
  /** A hold, on it or on its workspace, forbids deleting anything of it. */
  held: z.boolean(),
});
export type ArchiveEpisode = z.infer<typeof archiveEpisode>;

/** Of the rows that an archiver may take, the one nearest to the age at which it must have been taken. */
export interface OldestLive {
  episodeId: string;
  at: string;
  ageMs: number;
  limitMs: number;
}

export interface ArchiveTotals extends EpisodeSums {
  verifiedChunks: number;
  /** Chunks that nobody read again for more than eight days. */
  overdueChunks: number;
  oldest: OldestLive | null;
  failedAttempts24h: number;
  asOf: string;
}

export const archiveChunk = z.object({
  chunkNumber: z.number().int(),
  from: int64Text,
  to: int64Text,
  rows: z.number().int(),
  /** Of a chunk that is not verified: rows that nobody can read. */
  unreadableRows: z.number().int(),
  startAt: z.iso.datetime(),
  endAt: z.iso.datetime(),
  sizeBytes: z.number(),
  rawBytes: z.number(),
  key: z.string(),
  sha256: z.string(),
  state: z.enum(["verified", "missing", "damaged"]),
  verifiedAt: z.iso.datetime(),
  lastAccessed: z.iso.datetime(),
  epoch: z.number().int(),
});
export type ArchiveChunk = z.infer<typeof archiveChunk>;

export const attemptOutcomes = ["running", "archived", "nothing_to_do", "failed"] as const;

export const archiveAttempt = z.object({
  id: z.string(),
  owner: z.string(),
  epoch: z.number().int(),
  trigger: z.enum(["threshold", "age", "ended", "on_demand"]),
  chunkNumber: z.number().int().nullable(),
  from: int64Text.nullable(),
  to: int64Text.nullable(),
  steps: z.array(z.object({ step: z.string(), durationMs: z.number(), outcome: z.enum(["done", "failed"]) })),
  outcome: z.enum(attemptOutcomes),
  error: z.string().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ArchiveAttempt = z.infer<typeof archiveAttempt>;

/** What can be said of a chunk in one word, what needs a person first. */
export const chunkStates = [
  "missing",
  "damaged",
  "verifying",
  "restoring",
  "restored",
  "marked",
  "overdue",
  "verified",
  "expired",
] as const;
export type ChunkState = (typeof chunkStates)[number];

/** A chunk as a cell of the strip, or a range of the archive that stands in no chunk. Numbers are exact below 2^53. */
export type StripCell =
  | {
      kind: "chunk";
      chunkNumber: number;
      from: number;
      to: number;
      rows: number;
      state: ChunkState;
      /** Numbers of its range that no row ever had. */
      neverWritten: number;
    }
  | { kind: "hole"; from: number; to: number };

const damageReason = z.enum(["missing", "damaged"]);
const rowSpan = z.object({ from: int64Text, to: int64Text });

/** Everything about one chunk. */
export const chunkFacts = z.object({
  chunkNumber: z.number().int(),
  state: z.enum(chunkStates),
  from: int64Text,
  to: int64Text,
  rows: z.number().int(),
  neverWritten: z.number().int(),
  startAt: z.iso.datetime(),
  endAt: z.iso.datetime(),
  levels: z.record(level, z.number().int()),
  sizeBytes: z.number(),
  rawBytes: z.number(),
  key: z.string(),
  sha256: z.string(),
  epoch: z.number().int().nullable(),
  archivedAt: z.iso.datetime(),
  /** When it was last found as it was written. */
  verifiedAt: z.iso.datetime().nullable(),
  lastAccessed: z.iso.datetime().nullable(),
  restoredUntil: z.iso.datetime().nullable(),
  deleteAfter: z.iso.datetime().nullable(),
  expiredAt: z.iso.datetime().nullable(),
  /** Rows that nobody can read. */
  damage: z.array(rowSpan.extend({ rows: z.number().int(), reason: damageReason })),
  /** The parts that are read each by itself, and which of them cannot be. */
  members: z.array(rowSpan.extend({ readable: z.boolean() })),
  /** Of a chunk that is damaged: what its object hashes to now, or why that cannot be said. */
  readBack: z
    .object({
      sha256: z.string().nullable(),
      sizeBytes: z.number().nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
});
export type ChunkFacts = z.infer<typeof chunkFacts>;

/** What can be said for the archive of an episode, and how somebody else checks it. */
export interface ArchiveProof {
  chunks: number;
  validChunks: number;
  /** The first chunk whose object is not what the chain says. */
  brokenAt: number | null;
  rows: number;
  unreadableRows: number;
  /** Stands for every chunk in their order. */
  head: string;
  /** The chunk that was looked at longest ago. */
  checkedSince: string | null;
  manifest: { fileName: string; bytes: number };
  /** For a shell; what it must print stands beside it. */
  command: string;
  deletion: ProofDeletion;
}

/** What may delete chunks of the episode, and what forbids it. */
export interface ProofDeletion {
  keptDays: number | null;
  hold: { reason: string; placedAt: string; ofWorkspace: boolean } | null;
  marked: { chunks: number; first: string } | null;
}

/** What the last look at an episode's archive gave. */
export const archiveScrub = z.object({
  at: z.iso.datetime(),
  state: z.enum(["running", "done", "stopped"]),
  /** All chunks, not only those whose turn it was. */
  whole: z.boolean(),
  chunksChecked: z.number().int(),
  healed: z.number().int(),
  problems: z.array(z.object({ kind: z.string(), sentence: z.string() })),
});
export type ArchiveScrub = z.infer<typeof archiveScrub>;

export const archiveNowInput = z.object({
  episodeId,
  /** Archive all rows, not only those above the hot tail. */
  everything: z.stringbool().default(true),
});
export type ArchiveNowInput = z.infer<typeof archiveNowInput>;

export const episodeInput = z.object({ episodeId });
export type EpisodeInput = z.infer<typeof episodeInput>;

/** An act that cannot be taken back has the id of its episode typed once more. */
export const breakLeaseInput = episodeInput.extend({ confirm: z.string().max(200) });
export type BreakLeaseInput = z.infer<typeof breakLeaseInput>;

const reason = z.string().trim().min(3, "Say why; it stands in the audit trail.").max(500);

export const deleteEpisodeInput = breakLeaseInput.extend({ reason });

/** A sequence number that a document can hold. */
const sequence = int64Text.transform(BigInt).refine((number) => number < BigInt(2) ** BigInt(63));

export const restoreInput = episodeInput
  .extend({
    from: sequence,
    to: sequence,
    hours: z.coerce.number().int().min(1).max(720).default(24),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The range ends before it starts." });

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const restoreTimes = z
  .object({ since: instant, until: instant })
  .refine(({ since, until }) => since <= until, {
    path: ["until"],
    message: "The range ends before it starts.",
  });

export const cancelRestoreInput = z.object({ restoreId: z.string().regex(/^[0-9a-f]{24}$/) });

/** Without an episode: the whole workspace. */
export const placeHoldInput = z.object({
  episodeId: z
    .union([z.literal(""), episodeId])
    .optional()
    .transform((id) => id || null),
  reason,
});

export const releaseHoldInput = z.object({ holdId: z.string().regex(/^[0-9a-f]{24}$/), reason });

/** Without days: kept for ever. */
export const retentionDays = z
  .union(
    [z.literal(""), z.coerce.number().int().min(1).max(36_500)],
    "A whole number of days, from 1 to 36,500.",
  )
  .optional()
  .transform((days) => days || null);

export const retentionInput = z.object({
  days: retentionDays,
  undoHours: z.coerce
    .number("A whole number of hours.")
    .int("A whole number of hours.")
    .min(1, "At least an hour.")
    .max(720, "At most 720 hours.")
    .default(24),
  seen: seenRevision,
});
export type RetentionInput = z.infer<typeof retentionInput>;

export const undoRetentionInput = z.object({ seen: seenRevision });

/** What a dry run listed and a person has looked at: these and no others. One key a line. */
export const sweepInput = z.object({
  keys: z
    .string()
    .max(400_000)
    .transform((text) => text.split("\n").filter(Boolean))
    .refine((keys) => keys.length > 0, "Nothing is listed to delete."),
});
