import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { Span } from "./spans";
import { type ColdTally, type Inspected, inspectChunks } from "./verify/chunks";
import { compareCounters } from "./verify/counters";
import { inspectReservations } from "./verify/reservations";
import { inspectRows } from "./verify/rows";

export interface EpisodeCheck {
  ok: boolean;
  /** Each a sentence that names the place; empty when every invariant holds. */
  problems: string[];
  /** It was written to all the while: what is named may be a row on its way. Look again when it rests. */
  moving: boolean;
  hotRows: number;
  archivedRows: number;
  /** Chunks it ever had, those that expired among them. */
  chunks: number;
  /** Stands for all chunks and their order (verify/chain.ts); null before the first one. */
  chainHead: string | null;
  /** Ranges that the retention of the workspace ended. */
  expired: ColdTally["expired"];
  /** Numbers that will never have a row, and how many they are. */
  tombstoneRanges: Span[];
  tombstones: number;
  /** Reservations whose writer has not finished. */
  openReservations: number;
  /** Rows that are archived and still in MongoDB: an archiver was stopped before it deleted them. Nobody reads them. */
  unpruned: number;
  /** Objects that belong to no chunk: left by an attempt that was stopped. */
  orphans: string[];
}

export interface CheckOptions {
  signal?: AbortSignal;
  /** Chunks whose object was read, of how many. */
  onProgress?: (checked: number, chunks: number) => void;
}

/** Looks at an episode that does not rest. Objects are read once, so all but the first are short. */
const maxLooks = 5;

/**
 * Counts for real and reads every object again: dense numbers (I2), abutting chunks (I3), hashes and rows (I4), counters
 * (I5, I6), no chunk without its object (I7). It trusts no counter and no cache. What is written meanwhile looks like a
 * difference, so a difference counts only when the episode's record is the same before and after. Null: no such episode.
 */
export async function verifyEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  { signal, onProgress }: CheckOptions = {},
): Promise<EpisodeCheck | null> {
  const inspected: Inspected = new Map();
  for (let look = 1; ; look++) {
    const record = await scoped(scope).collection(logMetadata).findOne({ episodeId });
    if (!record) return null;
    const check = await lookAt(scope, record, { signal, onProgress, inspected });
    if (check.ok) return check;
    const after = await scoped(scope).collection(logMetadata).findOne({ episodeId });
    if (!after) return null;
    if (figuresOf(after) === figuresOf(record)) return check;
    if (look === maxLooks) return { ...check, moving: true };
  }
}

/** The same for an episode that is known to be there. */
export async function checkEpisode(scope: WorkspaceScope, episodeId: string): Promise<EpisodeCheck> {
  const check = await verifyEpisode(scope, episodeId);
  if (!check) throw new Error(`There is no episode ${episodeId}`);
  return check;
}

async function lookAt(
  scope: WorkspaceScope,
  record: LogMetadata,
  { signal, onProgress, inspected }: CheckOptions & { inspected: Inspected },
): Promise<EpisodeCheck> {
  const problems: string[] = [];
  const reservations = await inspectReservations(scope, record, problems);
  const options = { inspected, signal, onChunk: onProgress };
  const cold = await inspectChunks(scope, record, reservations.tombstones, problems, options);
  const hot = await inspectRows(scope, record, reservations, problems);
  await compareCounters(scope, record, { hot, cold, reservations }, problems);
  const { tombstones } = reservations;
  return {
    ok: problems.length === 0,
    problems,
    moving: false,
    hotRows: hot.count,
    archivedRows: cold.count,
    chunks: cold.chunks,
    chainHead: cold.chainHead,
    expired: cold.expired,
    tombstoneRanges: tombstones,
    tombstones: tombstones.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0),
    openReservations: reservations.open.length,
    unpruned: hot.unpruned,
    orphans: cold.orphans,
  };
}

/** Every write that a check could stumble over changes one of these. */
function figuresOf(record: LogMetadata): string {
  const { nextSequenceNumber, totalLogs, archivedThrough, expiredChunks, damagedChunks } = record;
  return [nextSequenceNumber, totalLogs, archivedThrough, expiredChunks, damagedChunks].join(" ");
}
