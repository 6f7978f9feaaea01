import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { inspectChunks } from "./verify/chunks";
import { compareCounters } from "./verify/counters";
import { inspectReservations } from "./verify/reservations";
import { inspectRows } from "./verify/rows";

export interface EpisodeCheck {
  ok: boolean;
  /** Each a sentence that names the place; empty when every invariant holds. */
  problems: string[];
  hotRows: number;
  archivedRows: number;
  /** Numbers that will never have a row. */
  tombstones: number;
  /** Reservations whose writer has not finished. */
  openReservations: number;
  /** Rows that are archived and still in MongoDB: an archiver was stopped before it deleted them. Nobody reads them. */
  unpruned: number;
  /** Objects that belong to no chunk: left by an attempt that was stopped. */
  orphans: string[];
}

/**
 * Counts for real and reads every object again: dense numbers (I2), abutting chunks (I3), hashes and rows (I4), counters
 * (I5, I6), no chunk without its object (I7). It trusts no counter and no cache. Reads the whole episode; for an episode
 * at rest, since what is written meanwhile looks like a difference.
 */
export async function checkEpisode(scope: WorkspaceScope, episodeId: string): Promise<EpisodeCheck> {
  const record = await scoped(scope).collection(logMetadata).findOne({ episodeId });
  if (!record) throw new Error(`There is no episode ${episodeId}`);
  const problems: string[] = [];
  const reservations = await inspectReservations(scope, record, problems);
  const cold = await inspectChunks(scope, record, reservations.tombstones, problems);
  const hot = await inspectRows(scope, record, reservations, problems);
  await compareCounters(scope, record, { hot, cold, reservations }, problems);
  return {
    ok: problems.length === 0,
    problems,
    hotRows: hot.count,
    archivedRows: cold.count,
    tombstones: reservations.tombstones.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0),
    openReservations: reservations.open.length,
    unpruned: hot.unpruned,
    orphans: cold.orphans,
  };
}
